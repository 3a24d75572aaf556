# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: the command line, ca, doctor. Makes the certificates the other rows use.
ca=ca

run 0 "--version" --version
check "--version names itself" grep -q '^patina [0-9]' "$work/out"
run 0 "version, as a verb" version
check "version, as a verb: names itself" grep -q '^patina [0-9]' "$work/out"
run 0 "help of a verb" help ca
check "help of a verb: the same as --help" grep -q '^usage: patina ca init' "$work/out"
run 1 "help of no verb" help frobnicate
run 0 "--help" --help
golden help "$work/out"
for verb in connect serve check cert ca doctor; do
    run 0 "$verb --help" "$verb" --help
    golden "help-$verb" "$work/out"
done
run 1 "no verb" ''
run 1 "unknown verb" frobnicate
run 1 "unknown option" connect --frobnicate localhost
run 1 "option without its value" connect localhost --cafile
run 1 "value for an option without" connect --no-pipe=1 localhost
run 1 "colour of no sense" doctor --color=blue
for args in 'frobnicate --json' 'connect --json' 'connect --frobnicate --json' 'serve --json none' 'ca --json issue' \
    'connect --json localhost:99999'; do
    # shellcheck disable=SC2086 # words
    run 1 "JSON of a wrong command line: $args" $args
    json_row "$args" "$work/out"
    check "JSON of a wrong command line: says why: $args" grep -q '^{"ok":false,"exit":1,"error":{"why":"..*"}}$' "$work/out"
done

if have ldd; then
    ldd "$patina" >"$work/out" 2>&1
    check "links no libssl" sh -c '! grep -q libssl "$1"' sh "$work/out"
else
    skip "links no libssl" "no ldd"
fi

run 1 "ca: neither init nor issue" ca make
run 1 "ca issue without an authority" ca issue --dir "$work/none" --name a.test --cert "$work/x" --key "$work/y"
run 0 "ca init" ca init --dir "$ca"
run 1 "ca init does not overwrite" ca init --dir "$ca"
check "the authority's key is private" sh -c '[ "$(stat -c %a "$1")" = 600 ]' sh "$ca/ca-key.pem"
run 0 "ca init with a name" ca init --dir other --name "Another CA"
run 1 "ca issue: a name that is none" ca issue --dir "$ca" --name 'a,DNS:b' --cert "$work/x" --key "$work/y"
run 1 "ca issue: an address that is none" ca issue --dir "$ca" --ip 1.2.3 --cert "$work/x" --key "$work/y"
long=$(printf '%064d' 0)
run 1 "ca issue: a label of 64" ca issue --dir "$ca" --name "$long.test" --cert "$work/x" --key "$work/y"
run 1 "ca issue: an empty label" ca issue --dir "$ca" --name a..test --cert "$work/x" --key "$work/y"
run 1 "ca issue: letters DNS has not" ca issue --dir "$ca" --name "$(printf 'm\303\274ller.test')" --cert "$work/x" --key "$work/y"
check "ca issue: letters DNS has not: the hint" grep -q 'write it as xn--' "$work/err"
run 1 "ca issue: one file for both" ca issue --dir "$ca" --name a.test --cert "$work/x" --key "$work/x"
run 1 "ca issue: one file for both, by two names" ca issue --dir "$ca" --name a.test --cert "$work/x" --key "$work/./x"
run 1 "ca issue: no folder for the certificate" ca issue --dir "$ca" --name a.test --cert "$work/none/x" --key "$work/y"
run 1 "ca issue: no folder for the key" ca issue --dir "$ca" --name a.test --cert "$work/x" --key "$work/none/y"
check "ca issue: refused, and nothing is left behind" sh -c '[ ! -e "$1/x" ] && [ ! -e "$1/y" ]' sh "$work"
run 1 "ca issue: a key type that is none" ca issue --dir "$ca" --name a --key-type dsa --cert "$work/x" --key "$work/y"

issue() { # NAME OPTION...
    file=$1
    shift
    run 0 "ca issue $file" ca issue --dir "$ca" --cert "$work/$file.pem" --key "$work/$file.key" "$@"
}
issue local --name localhost --ip 127.0.0.1
issue a --name a.test --name '*.a.test'
issue b --name b.test --key-type rsa
issue ed --name localhost --key-type ed25519
issue p384 --name localhost --key-type ecdsa384
issue expired --name localhost --ip 127.0.0.1 --expired --days 30
issue notyet --name localhost --ip 127.0.0.1 --not-yet --days 30
check "a leaf's key is private" sh -c '[ "$(stat -c %a "$1")" = 600 ]' sh "$work/local.key"
run 0 "ca issue --json" ca issue --json --dir "$ca" --name c.test --cert "$work/c.pem" --key "$work/c.key"
json_row "ca issue" "$work/out"
cp "$work/c.key" "$work/c.old"
run 1 "ca issue does not overwrite" ca issue --dir "$ca" --name c.test --cert "$work/c.pem" --key "$work/c.key"
run 1 "ca issue does not overwrite a key" ca issue --dir "$ca" --name c.test --cert "$work/d.pem" --key "$work/c.key"
check "ca issue does not overwrite: the key is the same" cmp -s "$work/c.key" "$work/c.old"
check "ca issue does not overwrite: no certificate without key" [ ! -e "$work/d.pem" ]
chmod 644 "$work/c.key"
run 0 "ca issue --force" ca issue --force --dir "$ca" --name c.test --cert "$work/c.pem" --key "$work/c.key"
check "ca issue --force: another key, and private" sh -c '! cmp -s "$1/c.key" "$1/c.old" && [ "$(stat -c %a "$1/c.key")" = 600 ]' sh "$work"
run 1 "ca issue --force: one file for both" ca issue --force --dir "$ca" --name c.test --cert "$work/c.key" --key "$work/./c.key"
check "ca issue --force: one file for both: it is as it was" grep -q 'PRIVATE KEY' "$work/c.key"
if have openssl; then
    openssl verify -x509_strict -purpose sslserver -CAfile "$ca/ca.pem" "$work/local.pem" "$work/b.pem" "$work/ed.pem" \
        >"$work/out" 2>"$work/err"
    check "openssl accepts what ca issues" [ $? = 0 ]
else
    skip "openssl accepts what ca issues" "no openssl"
fi

run 0 "doctor" doctor
check "doctor names a provider" grep -qE '^ok +(awslc|openssl) +[0-9]' "$work/out"
check "doctor speaks of the trust store" grep -qE 'trust store +[0-9]+ root' "$work/out"
run 0 "doctor --json" doctor --json
json_row "doctor" "$work/out"
SSL_CERT_FILE=$work/none SSL_CERT_DIR=$work/none "$patina" doctor >"$work/out" 2>"$work/err"
check "doctor without roots: 7" [ $? = 7 ]
check "doctor names the variable and its file" grep -q "SSL_CERT_FILE=$work/none" "$work/out"
