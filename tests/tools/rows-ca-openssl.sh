# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run, behind rows-ca-status.sh: the other way round. CRLs and OCSP answers that openssl has
# made, judged by patina; and what openssl says of the signatures of ca's CRLs.
cd "$work" || exit 1

if have openssl; then
    openssl crl -in int.crl -CAfile tier-int/ca.pem -noout -verify >"$work/out" 2>&1
    check "openssl crl -verify: ca's CRL" grep -q 'verify OK' "$work/out"
    openssl crl -in root.crl -CAfile tier/ca.pem -noout -verify >"$work/out" 2>&1
    check "openssl crl -verify: ca's CRL of the root" grep -q 'verify OK' "$work/out"
    openssl crl -in int.crl -CAfile tier/ca.pem -noout -verify >"$work/out" 2>&1
    check "openssl crl -verify: not by another's certificate" sh -c '! grep -q "verify OK" "$1"' sh "$work/out"
    openssl ocsp -respin ia.ocsp -CAfile tier/ca.pem -issuer tier/ca.pem -cert ia.pem -no_nonce >"$work/out" 2>&1
    check "openssl: ca's OCSP answer is not about another issuer's" sh -c '! grep -q "ia.pem: revoked" "$1"' sh "$work/out"

    # An authority that was renewed under its name in other letters and spaces.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout words.key -days 30 \
        -subj '/O=Example Trust/CN=Good CA' -out words-old.pem 2>"$work/err"
    openssl req -x509 -key words.key -days 30 -subj '/O=Example  Trust/CN=GOOD CA' -out words.pem 2>"$work/err"
    printf '%s\n' 'basicConstraints=CA:FALSE' 'subjectAltName=DNS:a.example.test' >words.ext
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout words-leaf.key -subj '/CN=a' \
        -out words.csr 2>"$work/err"
    openssl x509 -req -in words.csr -CA words-old.pem -CAkey words.key -CAcreateserial -days 20 -extfile words.ext \
        -out words-leaf.pem 2>"$work/err"
    run 0 "cert verify: an authority's name in other words" cert verify words-leaf.pem --cafile words.pem \
        --name a.example.test
    check "cert verify: an authority's name in other words: it is shown" grep -q 'root CN=GOOD CA' "$work/out"
    run 4 "cert verify: an authority's name in other words, by the web's rules" cert verify words-leaf.pem \
        --cafile words.pem --name a.example.test --profile web

    # openssl_ca NAME KEY...: an authority of openssl's own, with a good, a revoked and an unknown leaf,
    # and a responder.
    openssl_ca() {
        dir=$1
        shift
        mkdir "$dir"
        : >"$dir/index.txt"
        echo 1000 >"$dir/serial"
        echo 05 >"$dir/crlnumber"
        cat >"$dir/cnf" <<CONFIG
[ca]
default_ca = this
[this]
database = $dir/index.txt
serial = $dir/serial
crlnumber = $dir/crlnumber
new_certs_dir = $dir
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
default_days = 30
default_crl_days = 7
policy = any
unique_subject = no
[any]
commonName = supplied
[old]
database = $dir/index.txt
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
default_crl_days = 7
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:a.example.test
crlDistributionPoints = URI:http://crl.example.test/$dir
[responder]
basicConstraints = CA:FALSE
extendedKeyUsage = OCSPSigning
noCheck = ignored
[point]
issuingDistributionPoint = critical,@here
[here]
fullname = URI:http://crl.example.test/$dir
[elsewhere]
issuingDistributionPoint = critical,@there
[there]
fullname = URI:http://crl.example.test/elsewhere
[delta]
2.5.29.27 = critical,DER:02:01:01
[req]
distinguished_name = any
CONFIG
        openssl req -config "$dir/cnf" -new -x509 -days 30 -nodes "$@" -keyout "$dir/ca.key" -out "$dir/ca.pem" \
            -subj "/CN=openssl $dir" -addext basicConstraints=critical,CA:TRUE \
            -addext keyUsage=critical,keyCertSign,cRLSign -addext subjectKeyIdentifier=hash >>"$dir/log" 2>&1 || return 1
        for leaf in good revoked unknown responder; do
            extensions=leaf
            [ $leaf != responder ] || extensions=responder
            openssl req -config "$dir/cnf" -new -nodes "$@" -keyout "$dir/$leaf.key" -out "$dir/$leaf.csr" \
                -subj "/CN=$leaf" >>"$dir/log" 2>&1 &&
                openssl ca -config "$dir/cnf" -batch -notext -in "$dir/$leaf.csr" -out "$dir/$leaf.pem" \
                    -extensions $extensions >>"$dir/log" 2>&1 || return 1
        done
        openssl ca -config "$dir/cnf" -revoke "$dir/revoked.pem" -crl_reason keyCompromise >>"$dir/log" 2>&1 || return 1
        # Nothing is known of this one any more.
        grep -v 'CN=unknown' "$dir/index.txt" >"$dir/index.less" && mv "$dir/index.less" "$dir/index.txt"
        for list in plain point elsewhere delta; do
            extensions=''
            [ $list = plain ] || extensions="-crlexts $list"
            # shellcheck disable=SC2086
            openssl ca -config "$dir/cnf" -gencrl $extensions -out "$dir/$list.crl" >>"$dir/log" 2>&1 || return 1
        done
        openssl ca -config "$dir/cnf" -name old -gencrl -out "$dir/version1.crl" >>"$dir/log" 2>&1 &&
            openssl ca -config "$dir/cnf" -gencrl -crl_lastupdate 20200101000000Z -crl_nextupdate 20200201000000Z \
                -out "$dir/expired.crl" >>"$dir/log" 2>&1 &&
            openssl crl -in "$dir/plain.crl" -outform DER -out "$dir/plain.der" >>"$dir/log" 2>&1
    }
    # answer FILE SIGNER OPTION...: an OCSP answer about what the options name.
    answer() {
        answer_file=$1 signer=$2
        shift 2
        openssl ocsp -index "$dir/index.txt" -CA "$dir/ca.pem" -issuer "$dir/ca.pem" -rsigner "$dir/$signer.pem" \
            -rkey "$dir/$signer.key" -no_nonce -respout "$answer_file" "$@" >>"$dir/log" 2>&1
    }
    judged() { # WANTED WHAT LEAF OPTION...
        judged_wanted=$1 judged_what=$2 judged_leaf=$3
        shift 3
        run "$judged_wanted" "openssl's $kind: $judged_what" cert verify "$dir/$judged_leaf.pem" --cafile "$dir/ca.pem" \
            --name a.example.test "$@"
    }

    for kind in ecdsa rsa; do
        set -- -newkey ec -pkeyopt ec_paramgen_curve:P-256
        [ $kind = ecdsa ] || set -- -newkey rsa:2048
        openssl_ca "openssl-$kind" "$@"
        check "openssl's $kind: an authority" [ $? = 0 ]
        judged 0 "a CRL, not revoked" good --crl "$dir/plain.crl"
        judged 0 "a CRL in DER" good --crl "$dir/plain.der"
        judged 5 "a CRL, revoked" revoked --crl "$dir/plain.crl"
        check "openssl's $kind: a CRL, revoked: when and why" grep -q 'its key was' "$work/out"
        judged 0 "a CRL of version 1" good --crl "$dir/version1.crl"
        judged 5 "a CRL of version 1, revoked" revoked --crl "$dir/version1.crl"
        judged 0 "a CRL of the certificate's point" good --crl "$dir/point.crl"
        judged 5 "a CRL of the certificate's point, revoked" revoked --crl "$dir/point.crl"
        judged 4 "a CRL of another point" good --crl "$dir/elsewhere.crl"
        judged 4 "a CRL that is out of date" good --crl "$dir/expired.crl"
        judged 1 "a delta CRL" good --crl "$dir/delta.crl"

        answer "$dir/good.ocsp" ca -cert "$dir/good.pem" -ndays 7
        judged 0 "an OCSP answer, good" good --ocsp "$dir/good.ocsp"
        answer "$dir/revoked.ocsp" ca -cert "$dir/revoked.pem" -ndays 7
        judged 5 "an OCSP answer, revoked" revoked --ocsp "$dir/revoked.ocsp"
        check "openssl's $kind: an OCSP answer, revoked: why" grep -q 'its key was' "$work/out"
        judged 4 "an OCSP answer about another" revoked --ocsp "$dir/good.ocsp"
        answer "$dir/unknown.ocsp" ca -cert "$dir/unknown.pem" -ndays 7
        judged 4 "an OCSP answer, unknown" unknown --ocsp "$dir/unknown.ocsp"
        answer "$dir/sha256.ocsp" ca -sha256 -cert "$dir/good.pem" -ndays 7 -rmd sha384 -resp_key_id
        judged 0 "an OCSP answer by SHA-256, signed with SHA-384, the responder by its key" good --ocsp "$dir/sha256.ocsp"
        answer "$dir/today.ocsp" ca -cert "$dir/good.pem"
        judged 0 "an OCSP answer without nextUpdate" good --ocsp "$dir/today.ocsp"
        answer "$dir/both.ocsp" ca -cert "$dir/revoked.pem" -cert "$dir/good.pem" -ndays 7
        judged 0 "an OCSP answer about two, good" good --ocsp "$dir/both.ocsp"
        judged 5 "an OCSP answer about two, revoked" revoked --ocsp "$dir/both.ocsp"
        answer "$dir/delegate.ocsp" responder -cert "$dir/good.pem" -ndays 7
        judged 0 "an OCSP answer by a delegate" good --ocsp "$dir/delegate.ocsp"
        answer "$dir/nobody.ocsp" good -cert "$dir/good.pem" -ndays 7
        judged 4 "an OCSP answer by a certificate that may not" good --ocsp "$dir/nobody.ocsp"
        [ $kind = ecdsa ] || judged 4 "an OCSP answer of another authority" good --ocsp "openssl-ecdsa/good.ocsp"
        [ $kind = ecdsa ] || judged 4 "a CRL of another authority" good --crl "openssl-ecdsa/plain.crl"
    done
else
    row=0
    while [ $row -lt 52 ]; do
        row=$((row + 1))
        skip "openssl's CRLs and OCSP answers, judged: row $row" "no openssl"
    done
fi
