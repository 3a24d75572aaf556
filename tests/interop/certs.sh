# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# A throw-away authority and a server certificate of each type, made by openssl so that no file of
# this suite comes from the code under test. Sourced by tests/interop/run.

new_key() { # TYPE FILE
    case $1 in
    p256) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$2" ;;
    p384) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out "$2" ;;
    rsa) openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$2" ;;
    ed25519) openssl genpkey -algorithm ED25519 -out "$2" ;;
    esac 2>/dev/null
}

new_authority() { # NAME KEY CERTIFICATE
    new_key p256 "$2" &&
        openssl req -x509 -new -key "$2" -subj "/CN=$1" -days 30 -addext basicConstraints=critical,CA:TRUE \
            -addext keyUsage=critical,keyCertSign,cRLSign -out "$3" 2>/dev/null
}

make_certificates() {
    mkdir -p "$work/ca"
    new_authority "patina interop CA" "$work/ca/key.pem" "$work/ca.pem" &&
        new_authority "another CA" "$work/ca/other.key" "$work/other.pem" || return 1
    for type in $certs; do
        new_key "$type" "$work/$type.key" || return 1
        printf '%s\n' 'subjectAltName=DNS:localhost,IP:127.0.0.1' 'basicConstraints=critical,CA:FALSE' \
            'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth' >"$work/ca/ext"
        openssl req -new -key "$work/$type.key" -subj "/CN=localhost" -out "$work/ca/csr" 2>/dev/null &&
            openssl x509 -req -in "$work/ca/csr" -CA "$work/ca.pem" -CAkey "$work/ca/key.pem" \
                -days 14 -extfile "$work/ca/ext" -out "$work/$type.pem" 2>/dev/null || return 1
    done
}
