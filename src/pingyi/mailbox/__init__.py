"""The mailbox: forms that come by e-mail, whose they are, and what is answered"""
