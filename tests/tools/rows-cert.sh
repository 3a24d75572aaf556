# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: cert. The chains of certs/ are judged as of 2026-11-21 and everything said of them is
# kept in golden/ as it stands.
cp -r "$here/certs" "$work/certs"
at='--at 2026-11-21'

golden_exact() { # NAME FILE
    if [ "$update" = --update ]; then cp "$2" "$here/golden/$1.txt"; fi
    if cmp -s "$2" "$here/golden/$1.txt"; then
        ok "text: $1"
    else
        not_ok "text: $1" "$(diff "$here/golden/$1.txt" "$2")"
    fi
    # The texts are for 80 columns.
    check "text: $1: 80 columns" sh -c '[ "$(LC_ALL=C.UTF-8 wc -L <"$1")" -le 80 ]' sh "$2"
}
# verify STATUS FILE OPTION...: the text is golden.
verify() {
    verify_status=$1 verify_file=$2
    shift 2
    # shellcheck disable=SC2086 # words
    run "$verify_status" "cert verify $verify_file" cert verify "certs/$verify_file.pem" --cafile certs/root.pem $at "$@"
    golden_exact "verify-$verify_file" "$work/out"
}

verify 0 good --name www.good.example.test
verify 4 expired --name expired.example.test
verify 4 not-yet-valid --name early.example.test
verify 4 wrong-name --name bank.example.test
verify 4 missing-intermediate --name shop.example.test
verify 4 wrong-purpose --name laptop.example.test
verify 4 constrained-ca --name shop.example.test
verify 4 weak-key --name weak.example.test
verify 4 weak-ca-key --name shop.example.test
verify 4 bad-signature --name evil.example.test
verify 4 unknown-critical --name shop.example.test
verify 4 another-key --name shop.example.test
verify 4 self-signed --name alone.example.test
verify 4 authority-as-server
verify 4 not-an-authority --name deep.example.test
verify 4 too-deep --name shop.example.test
verify 4 wrong-key-usage --name shop.example.test
verify 4 expired-intermediate --name shop.example.test
verify 4 no-name --name shop.example.test
verify 5 revoked --name stolen.example.test --crl certs/int.crl.pem --crl certs/root.crl.pem
verify 4 must-staple --name shop.example.test
# shellcheck disable=SC2086
run 0 "cert verify --crl" cert verify certs/good.pem --cafile certs/root.pem $at --crl certs/int.crl.pem --crl certs/root.crl.pem
golden_exact verify-crl "$work/out"
# shellcheck disable=SC2086
run 4 "cert verify --crl: not all" cert verify certs/good.pem --cafile certs/root.pem $at --crl certs/int.crl.pem
golden_exact verify-crl-missing "$work/out"
run 4 "cert verify --crl: out of date" cert verify certs/good.pem --cafile certs/root.pem --at 2026-12-25 \
    --crl certs/int.crl.pem --crl certs/root.crl.pem
golden_exact verify-crl-expired "$work/out"
LC_ALL=C.UTF-8 "$patina" cert verify certs/expired.pem --cafile certs/root.pem $at >"$work/out" 2>&1
golden_exact verify-expired-unicode "$work/out"
for file in good expired missing-intermediate unknown-critical; do
    # shellcheck disable=SC2086
    "$patina" cert verify "certs/$file.pem" --cafile certs/root.pem $at --json >"$work/out" 2>"$work/err"
    json_row "cert verify $file" "$work/out"
done
check "cert verify --json says what was wanted" grep -q '"wanted":"[^"]' "$work/out"
run 0 "cert verify: a certificate that is trusted itself" cert verify certs/self-signed.pem --cafile certs/self-signed.pem \
    $at --name alone.example.test
run 0 "cert verify: a client" cert verify certs/wrong-purpose.pem --cafile certs/root.pem $at --purpose client
run 0 "cert verify: another time" cert verify certs/expired.pem --cafile certs/root.pem --at 2026-08-01T12:00:00Z
run 0 "cert verify: seconds" cert verify certs/expired.pem --cafile certs/root.pem --at @1785585600
run 4 "cert verify: the system's store" cert verify certs/good.pem $at
# What only public authorities must keep to.
# shellcheck disable=SC2086
run 0 "cert verify --profile web" cert verify certs/good.pem --cafile certs/root.pem $at --name www.good.example.test --profile web
for file in no-name self-signed; do
    # shellcheck disable=SC2086
    run 4 "cert verify --profile web: $file" cert verify "certs/$file.pem" --cafile certs/root.pem $at --profile web
done
# shellcheck disable=SC2086
run 4 "cert verify --profile web" cert verify certs/no-name.pem --cafile certs/root.pem $at --profile web
golden_exact verify-web "$work/out"
run 0 "cert verify --quiet" cert verify certs/good.pem --cafile certs/root.pem $at --quiet
check "cert verify --quiet: quiet" [ ! -s "$work/out" ]

# A file of roots with a broken block is refused by its line; of the system's the good ones are used.
{ printf '# roots\r\n'; cat certs/root.pem; printf '%s\n' '-----BEGIN CERTIFICATE-----' 'MIIB?' '-----END CERTIFICATE-----'; } >"$work/broken.pem"
mkdir "$work/empty"
broken_line=$(grep -n '^-----BEGIN' "$work/broken.pem" | sed -n '2s/:.*//p')
run 1 "cert verify: a broken block among the roots" cert verify certs/good.pem --cafile "$work/broken.pem" $at
check "cert verify: a broken block among the roots: its line" grep -q "broken.pem, line $broken_line: malformed PEM" "$work/err"
run 1 "cert chain: a broken block among the roots" cert chain certs/good.pem --cafile "$work/broken.pem" $at
check "cert chain: a broken block among the roots: its line" grep -q "broken.pem, line $broken_line: malformed PEM" "$work/err"
run 1 "connect: a broken block among the roots" connect localhost:9 --cafile "$work/broken.pem"
check "connect: a broken block among the roots: its line" grep -q "broken.pem, line $broken_line: malformed PEM" "$work/err"
SSL_CERT_FILE=$work/broken.pem SSL_CERT_DIR=$work/empty "$patina" cert verify certs/good.pem --profile private $at >"$work/out" 2>"$work/err"
check "cert verify: a broken block in the system's store" [ $? = 0 ]
SSL_CERT_FILE=$work/broken.pem SSL_CERT_DIR=$work/empty "$patina" doctor >"$work/out" 2>"$work/err"
check "doctor: a broken block in the system's store: file and line" grep -q "1 root certificate.*1 passed over (.*broken.pem, line $broken_line: malformed PEM" "$work/out"
SSL_CERT_FILE=$work/broken.pem SSL_CERT_DIR=$work/empty "$patina" doctor --json >"$work/out" 2>"$work/err"
check "doctor --json: a broken block in the system's store" grep -q "\"refused\":1,.*\"refused_line\":$broken_line,\"refused_why\":\"BAD_PEM\"" "$work/out"

# shellcheck disable=SC2086
run 0 "cert show" cert show certs/good.pem $at
golden_exact show "$work/out"
LC_ALL=C.UTF-8 "$patina" cert show certs/good.pem --index 2 $at >"$work/out" 2>&1
golden_exact show-unicode "$work/out"
run 0 "cert show: constraints" cert show certs/constrained-ca.pem --index 2 $at
check "cert show: constraints: excluded" grep -q 'excluded DNS:secret.corp.example.test' "$work/out"
run 0 "cert show: must-staple" cert show certs/must-staple.pem --index 1
check "cert show: must-staple" grep -q 'must staple an OCSP answer' "$work/out"
run 0 "cert show --json" cert show certs/good.pem --json
json_row "cert show" "$work/out"
check "cert show --json: unknown ones by OID and hex" grep -q '"oid":"1.2.3.4.5.6","name":null,"critical":false,"hex":"0c0b68656c6c6f20776f726c64"' "$work/out"
run 0 "cert fp" cert fp certs/good.pem
golden_exact fp "$work/out"
if have openssl; then
    openssl x509 -in certs/good.pem -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f >"$work/want"
    check "cert fp: as openssl has it" grep -q "certificate *$(cat "$work/want")" "$work/out"
    openssl x509 -in certs/good.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary |
        openssl base64 >"$work/want"
    check "cert fp: the pin as openssl has it" grep -qF "$(cat "$work/want")" "$work/out"
else
    skip "cert fp: as openssl has it" "no openssl"
    skip "cert fp: the pin as openssl has it" "no openssl"
fi
run 0 "cert fp --json" cert fp certs/good.pem --json
json_row "cert fp" "$work/out"

# shellcheck disable=SC2086
run 0 "cert chain: out of order" cert chain certs/unordered.pem --cafile certs/root.pem $at
golden_exact chain "$work/out"
# shellcheck disable=SC2086
run 4 "cert chain: incomplete" cert chain certs/missing-intermediate.pem --cafile certs/root.pem $at
golden_exact chain-incomplete "$work/out"
run 4 "cert chain: a wrong signature" cert chain certs/bad-signature.pem --cafile certs/root.pem $at
golden_exact chain-bad-signature "$work/out"
run 0 "cert chain --json" cert chain certs/unordered.pem --cafile certs/root.pem --json
json_row "cert chain" "$work/out"
run 0 "cert chain --pem" cert chain certs/unordered.pem --cafile certs/root.pem --pem
"$patina" cert verify - --cafile certs/root.pem $at --name good.example.test <"$work/out" >"$work/out2" 2>"$work/err"
check "cert chain --pem: in order, and from standard input" [ $? = 0 ]

run 0 "cert lint: nothing" cert lint certs/good.pem
golden_exact lint "$work/out"
for file in no-name wrong-key-usage weak-key weak-ca-key unknown-critical; do
    run 4 "cert lint: $file" cert lint "certs/$file.pem"
    golden_exact "lint-$file" "$work/out"
done
run 4 "cert lint --json" cert lint certs/no-name.pem --index 1 --json
json_row "cert lint" "$work/out"
run 0 "cert lint --index" cert lint certs/no-name.pem --index 2
run 0 "cert der" cert der certs/good.pem --index 1 --out "$work/good.der"
run 1 "cert der: what is there is kept" cert der certs/good.pem --index 1 --out "$work/good.der"
run 1 "cert der: one of several" cert der certs/good.pem --out "$work/two.der"
run 0 "cert pem" cert pem "$work/good.der"
cp "$work/out" "$work/again.pem"
sed -n '1,/END/p' certs/good.pem >"$work/want"
check "cert pem: there and back" cmp -s "$work/want" "$work/again.pem"
run 0 "cert pem --out --json" cert pem certs/good.pem --out "$work/both.pem" --json
json_row "cert pem" "$work/out"

run 1 "cert: no verb" cert
run 1 "cert: unknown verb" cert look certs/good.pem
run 1 "cert: no file" cert show
run 1 "cert: no such file" cert show certs/none.pem
check "cert: no such file: the hint" grep -q 'HOST:PORT' "$work/err"
run 1 "cert: an option of another verb" cert show certs/good.pem --name a.test
run 1 "cert: a time of no sense" cert show certs/good.pem --at yesterday
run 1 "cert: an index too far" cert show certs/good.pem --index 3
run 1 "cert: a purpose of no sense" cert verify certs/good.pem --purpose mail
run 1 "cert: no certificate in it" cert show "$here/run"
run 2 "cert: nobody listens" cert show 127.0.0.1:9
run 1 "cert verify: a name that is none" cert verify certs/good.pem --cafile certs/root.pem --name 'a b'
{
    echo 'words between'
    sed -n '1,/END/p' certs/good.pem
    printf -- '-----BEGIN CERTIFICATE-----\nMII!\n-----END CERTIFICATE-----\n'
    cat "$ca/ca-key.pem"
    sed -n '1,/END/p' certs/root.pem | tr -d '\r' | sed 's/$/\r/'
} >"$work/bundle.pem"
bad=$(grep -n 'MII!' "$work/bundle.pem" | cut -d: -f1)
bad=$((bad - 1))
run 0 "cert: a bundle with other things in it" cert show "$work/bundle.pem"
check "cert: a bundle: two certificates" grep -q '^certificate 2 of 2' "$work/out"
check "cert: a bundle: the bad block by its line" grep -q "line $bad: a block that is not well-formed" "$work/err"
check "cert: a bundle: the key by its line" grep -q 'PRIVATE KEY is no certificate' "$work/err"
head -c 100 "$work/good.der" >"$work/cut.der"
run 1 "cert: cut DER" cert show "$work/cut.der"
