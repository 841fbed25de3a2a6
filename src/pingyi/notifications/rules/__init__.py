"""When an e-mail is sent, when it is tried again, when it is given up."""
