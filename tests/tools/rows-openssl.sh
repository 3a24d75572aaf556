# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by rows-connect.sh: against openssl s_server, and a chain of three.
mkdir -p "$work/chain"
(
    cd "$work/chain" || exit 1
    printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n' >ca.ext
    printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost\n' >leaf.ext
    for name in root int leaf; do
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $name.key
    done
    openssl req -x509 -key root.key -subj '/CN=Example Root X' -days 3650 -out root.pem
    openssl req -new -key int.key -subj '/CN=Example Issuing CA 3' -out int.csr
    openssl x509 -req -in int.csr -CA root.pem -CAkey root.key -days 1000 -extfile ca.ext -out int.pem
    openssl req -new -key leaf.key -subj '/CN=localhost' -out leaf.csr
    openssl x509 -req -in leaf.csr -CA int.pem -CAkey int.key -days 90 -extfile leaf.ext -out leaf.pem
) >/dev/null 2>&1
cat "$work/chain/leaf.pem" "$work/chain/int.pem" >"$work/chain/full.pem"

s_server() { # OPTION...: any port, three connections at most
    background "$work/s_server" openssl s_server -accept 127.0.0.1:0 -tls1_3 -naccept 3 -www "$@"
    tries=0
    port=''
    while [ -z "$port" ] && [ $tries -lt 100 ]; do
        port=$(sed -n 's/^ACCEPT 127\.0\.0\.1:\([0-9]*\)$/\1/p' "$work/s_server")
        [ -n "$port" ] || sleep 0.05
        tries=$((tries + 1))
    done
}
s_server -cert "$work/chain/leaf.pem" -key "$work/chain/leaf.key" -cert_chain "$work/chain/int.pem"
run 0 "openssl s_server, chain of three" connect --summary-only --cafile chain/root.pem --groups x25519 "localhost:$port"
sed -i -e '/^  provider /d' -e '/^  address /d' "$work/err"
golden chain-of-three "$work/err"
printf 'GET / HTTP/1.0\r\n\r\n' | timeout 30 "$patina" connect --quiet --no-half-close --cafile chain/root.pem "localhost:$port" \
    >"$work/out" 2>"$work/err"
check "openssl s_server answers through the pipe" grep -q 'TLSv1.3' "$work/out"
stop "$last"
s_server -cert "$work/chain/leaf.pem" -key "$work/chain/leaf.key"
run 4 "missing-intermediate" connect --summary-only --cafile chain/root.pem "localhost:$port"
golden missing-intermediate "$work/err"
stop "$last"
# Keys of the server's own that nobody should trust: the authority's is fine, and not to blame.
(
    cd "$work/chain" || exit 1
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out weak.key
    openssl ecparam -name prime256v1 -param_enc explicit -genkey -noout -out explicit.key
    for name in weak explicit; do
        openssl req -new -key $name.key -subj '/CN=localhost' -out $name.csr
        openssl x509 -req -in $name.csr -CA root.pem -CAkey root.key -days 90 -extfile leaf.ext -out $name.pem
    done
) >/dev/null 2>&1
for name in weak explicit; do
    s_server -cert "$work/chain/$name.pem" -key "$work/chain/$name.key" -cipher ALL:@SECLEVEL=0
    run 4 "the server's own key: $name" connect --summary-only --cafile chain/root.pem "localhost:$port"
    golden "own-key-$name" "$work/err"
    stop "$last"
done
background "$work/s_server" openssl s_server -accept 127.0.0.1:0 -tls1_2 -www -cert "$work/local.pem" -key "$work/local.key"
tries=0
port=''
while [ -z "$port" ] && [ $tries -lt 100 ]; do
    port=$(sed -n 's/^ACCEPT 127\.0\.0\.1:\([0-9]*\)$/\1/p' "$work/s_server")
    [ -n "$port" ] || sleep 0.05
    tries=$((tries + 1))
done
run 3 "TLS 1.2 server" connect --cafile "$ca/ca.pem" "127.0.0.1:$port"
golden tls12 "$work/err"
stop "$last"
