# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: ca's intermediates, clients, list, revocation, CRLs and OCSP answers; openssl
# accepts them all.
cd "$work" || exit 1
run 0 "ca init --only" ca init --dir tier --name 'Example Root' --only example.test
run 0 "ca intermediate" ca intermediate --dir tier --into tier-int --name 'Example Int' --crl-url http://crl.example.test/root
check "ca intermediate: its key is private" sh -c '[ "$(stat -c %a "$1")" = 600 ]' sh tier-int/ca-key.pem
run 1 "ca intermediate does not overwrite" ca intermediate --dir tier --into tier-int
run 1 "ca intermediate: none below one" ca intermediate --dir tier-int --into tier-low
check "ca intermediate: none below one: nothing is left behind" [ ! -e tier-low ]
run 0 "ca issue by an intermediate" ca issue --dir tier-int --name a.example.test --cert ia.pem --key ia.key \
    --must-staple --crl-url http://crl.example.test/int --ocsp-url http://ocsp.example.test/
check "ca issue by an intermediate: its certificate is behind the server's" \
    sh -c '[ "$(grep -c BEGIN ia.pem)" = 2 ]'
run 0 "ca issue: RSA" ca issue --dir tier-int --name b.example.test --cert ib.pem --key ib.key --key-type rsa3072
run 0 "ca issue: outside of what the authority may" ca issue --dir tier-int --name a.other.test --cert io.pem --key io.key
run 0 "ca client" ca client --dir tier-int --name alice --email alice@example.test --uri spiffe://example.test/alice \
    --cert ic.pem --key ic.key --key-type ed25519
check "ca client: its key is private" sh -c '[ "$(stat -c %a "$1")" = 600 ]' sh ic.key
run 1 "ca client: an address that is none" ca client --dir tier-int --name bob --email 'bob, x' --cert x.pem --key x.key
run 1 "ca issue: a name of mail" ca issue --dir tier-int --email a@b --cert x.pem --key x.key
run 1 "ca: a reason of no sense" ca revoke --dir tier-int --cert ia.pem --reason boredom
run 1 "ca revoke: which one" ca revoke --dir tier-int
run 1 "ca crl: where to" ca crl --dir tier-int
run 1 "ca list: an option of another verb" ca list --dir tier-int --name x

run 0 "ca ocsp: good" ca ocsp --dir tier-int --cert ia.pem --out ia-good.ocsp
run 0 "cert verify: by an intermediate" cert verify ia.pem --cafile tier/ca.pem --name a.example.test --ocsp ia-good.ocsp
run 4 "cert verify: outside of what the authority may" cert verify io.pem --cafile tier/ca.pem --name a.other.test
check "cert verify: outside: the constraint" grep -q 'DNS:example.test' "$work/out"
run 0 "cert verify: a client of ca" cert verify ic.pem --cafile tier/ca.pem --purpose client
run 4 "cert verify: a client is no server" cert verify ic.pem --cafile tier/ca.pem

if "$patina" ca issue --dir tier-int --name m.example.test --cert im.pem --key im.key --key-type mldsa65 >"$work/out" 2>"$work/err"; then
    ok "ca issue: ML-DSA"
    run 0 "cert show: ML-DSA" cert show im.pem
    check "cert show: ML-DSA: the key" grep -q 'key *ML-DSA-65' "$work/out"
else
    check "ca issue: no ML-DSA: says so" grep -q 'no ML-DSA' "$work/err"
    check "ca issue: no ML-DSA: nothing is left behind" [ ! -e im.pem ]
fi

run 0 "ca crl, before" ca crl --dir tier-int --out before.crl
run 0 "ca revoke" ca revoke --dir tier-int --cert ia.pem --reason keyCompromise
run 1 "ca revoke, twice" ca revoke --dir tier-int --cert ia.pem
run 1 "ca revoke: another authority's" ca revoke --dir tier --cert ia.pem
serial=$("$patina" ca list --dir tier-int --json | sed 's/.*"serial":"\([0-9a-f]*\)","kind":"server"[^}]*"name":"DNS:a.other.test".*/\1/')
run 0 "ca revoke --serial" ca revoke --dir tier-int --serial "$serial" --json
json_row "ca revoke" "$work/out"
run 0 "ca list" ca list --dir tier-int
sed -e 's/^   [0-9a-f]*$/   SERIAL/' -e '/DNS:m\./,+1d' "$work/out" >"$work/listed"
golden ca-list "$work/listed"
run 0 "ca list --json" ca list --dir tier-int --json
json_row "ca list" "$work/out"
run 0 "ca crl" ca crl --dir tier-int --out int.crl
run 1 "ca crl does not overwrite" ca crl --dir tier-int --out int.crl
run 0 "ca crl --force --der" ca crl --dir tier-int --out int.crl.der --der
run 0 "ca crl: of the root" ca crl --dir tier --out root.crl --json
json_row "ca crl" "$work/out"
run 0 "ca crl --expired" ca crl --dir tier-int --out old.crl --expired
run 0 "ca ocsp: revoked" ca ocsp --dir tier-int --cert ia.pem --out ia.ocsp
run 0 "ca ocsp: good, by a delegate, SHA-256" ca ocsp --dir tier-int --cert ib.pem --out ib.ocsp --delegate --digest sha256
run 0 "ca ocsp: unknown" ca ocsp --dir tier --cert ib.pem --out iu.ocsp
check "ca ocsp: unknown: says so" grep -q unknown "$work/out"
run 0 "ca ocsp --expired" ca ocsp --dir tier-int --cert ib.pem --out iold.ocsp --expired --json
json_row "ca ocsp" "$work/out"

if have openssl; then
    cat int.crl root.crl >all.crl
    openssl verify -x509_strict -purpose sslclient -CAfile tier/ca.pem -untrusted tier-int/chain.pem ic.pem >"$work/out" 2>"$work/err"
    check "openssl accepts ca's client" [ $? = 0 ]
    openssl verify -x509_strict -purpose sslserver -crl_check_all -CRLfile all.crl -CAfile tier/ca.pem \
        -untrusted tier-int/chain.pem ib.pem >"$work/out" 2>"$work/err"
    check "openssl accepts ca's CRLs" [ $? = 0 ]
    openssl verify -crl_check_all -CRLfile all.crl -CAfile tier/ca.pem -untrusted tier-int/chain.pem ia.pem >"$work/out" 2>"$work/err"
    check "openssl finds what ca's CRL revokes" grep -q 'certificate revoked' "$work/err"
    openssl crl -in int.crl.der -inform DER -noout >"$work/out" 2>"$work/err"
    check "openssl reads ca's CRL in DER" [ $? = 0 ]
    openssl ocsp -respin ia.ocsp -CAfile tier/ca.pem -issuer tier-int/ca.pem -cert ia.pem -no_nonce >"$work/out" 2>"$work/err"
    check "openssl accepts ca's OCSP answer" grep -q 'verify OK' "$work/err"
    check "openssl accepts ca's OCSP answer: revoked, why" grep -q 'keyCompromise' "$work/out"
    openssl ocsp -respin ib.ocsp -CAfile tier/ca.pem -verify_other tier-int/chain.pem -issuer tier-int/ca.pem -sha256 \
        -cert ib.pem -no_nonce >"$work/out" 2>"$work/err"
    check "openssl accepts the delegate's" grep -q 'verify OK' "$work/err"
    check "openssl accepts the delegate's: good" grep -q 'ib.pem: good' "$work/out"
else
    for row in "ca's client" "ca's CRLs" "what ca's CRL revokes" "ca's CRL in DER" "ca's OCSP answer" \
        "ca's OCSP answer: revoked, why" "the delegate's" "the delegate's: good"; do
        skip "openssl and $row" "no openssl"
    done
fi

# What they say, judged by patina.
run 5 "cert verify --crl: revoked" cert verify ia.pem --cafile tier/ca.pem --crl int.crl --crl root.crl --ocsp ia-good.ocsp
run 5 "cert verify --ocsp: revoked" cert verify ia.pem --cafile tier/ca.pem --ocsp ia.ocsp --name a.example.test
check "cert verify --ocsp: revoked: why" grep -q 'its key was' "$work/out"
run 4 "cert verify: must-staple, and no answer" cert verify ia.pem --cafile tier/ca.pem --name a.example.test
run 0 "cert verify --crl: not revoked" cert verify ib.pem --cafile tier/ca.pem --crl int.crl.der --crl root.crl
run 0 "cert verify --crl: a list of the day before" cert verify ib.pem --cafile tier/ca.pem --crl before.crl --crl root.crl
run 0 "cert verify --crl --leaf-only" cert verify ib.pem --cafile tier/ca.pem --crl int.crl --leaf-only
run 4 "cert verify --crl: none of the intermediate's issuer" cert verify ib.pem --cafile tier/ca.pem --crl int.crl
run 4 "cert verify --crl: out of date" cert verify ib.pem --cafile tier/ca.pem --crl old.crl --leaf-only
run 0 "cert verify --ocsp: good, by a delegate" cert verify ib.pem --cafile tier/ca.pem --ocsp ib.ocsp
run 4 "cert verify --ocsp: another's" cert verify ib.pem --cafile tier/ca.pem --ocsp ia.ocsp
run 4 "cert verify --ocsp: out of date" cert verify ib.pem --cafile tier/ca.pem --ocsp iold.ocsp
run 1 "cert verify --crl: no such file" cert verify ib.pem --cafile tier/ca.pem --crl none.crl
run 1 "cert verify --crl: no list" cert verify ib.pem --cafile tier/ca.pem --crl ib.pem
