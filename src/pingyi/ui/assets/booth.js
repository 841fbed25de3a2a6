// The QR of a slip carries its code behind the sign #, which no server is sent: it goes into the
// field, and out of the address, where the next person at this phone would find it.
const code = location.hash.slice(1);
const field = document.getElementById("code");
if (field && code && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
