# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: check, against serve, against openssl's server and against what is no TLS.
run 1 "check: which server" check
run 1 "check: a URL" check https://localhost/
run 1 "check: a time of no sense" check localhost --limit never
run 2 "check: nobody listens" check 127.0.0.1:9
run 2 "check --json: nobody listens" check --json 127.0.0.1:9
json_row "check: nobody listens" "$work/out"

mask_check() { # what varies: times; groups this build may not have
    sed -e 's/^[0-9]* connections, .*/N connections/' -e '/MLKEM/d' \
        -e 's/^[0-9]* of [0-9]* days/N of N days/' -e 's/ [0-9]* days of [0-9]* days/ N days of N days/' \
        -e 's/, [0-9]* bytes/, N bytes/' "$1"
}
serve "$work/check.log" --cert "$work/local.pem" --key "$work/local.key" --groups p256,x25519 --suites aes128,aes256
check_pid=$last
check_port=$port
run 0 "check" check --cafile "$ca/ca.pem" "localhost:$check_port" --html report.html
mask_check "$work/out" >"$work/checked"
golden check "$work/checked"
check "check: 80 columns" sh -c '[ "$(LC_ALL=C.UTF-8 wc -L <"$1")" -le 80 ]' sh "$work/out"
check "check --html: nothing is loaded from elsewhere" sh -c '! grep -qE "https?://|src=|<script|<link|@import|url\(" report.html'
check "check --html: begins and ends as it should" sh -c 'head -n 1 report.html | grep -q "<!doctype html>" && tail -n 1 report.html | grep -q "</html>"'
check "check --html: the same findings" sh -c '[ "$(grep -c "<tr>" report.html)" = "$(sed 1d "$1" | grep -cE "^  (ok|!|x|-) ")" ]' sh "$work/out"
run 1 "check --html does not overwrite" check --cafile "$ca/ca.pem" "localhost:$check_port" --html report.html
run 0 "check --json" check --cafile "$ca/ca.pem" "localhost:$check_port" --json
json_row "check" "$work/out"
check "check --json: findings with marks" grep -q '"id":"tls1.3","mark":"ok"' "$work/out"
check "check: bounded in number" sh -c 'n=$(sed "s/.*\"connections\":\([0-9]*\).*/\1/" "$1"); [ "$n" -gt 10 ] && [ "$n" -le 24 ]' sh "$work/out"
run 4 "check: not for this name" check --cafile "$ca/ca.pem" --servername other.test "localhost:$check_port"
check "check: not for this name: says so" grep -q 'not for' "$work/out"
run 4 "check: not trusted" check "localhost:$check_port"
LC_ALL=C.UTF-8 "$patina" check --cafile other/ca.pem "localhost:$check_port" >"$work/out" 2>"$work/err"
check "check: another authority: 4" [ $? = 4 ]
mask_check "$work/out" >"$work/checked"
golden check-untrusted "$work/checked"
stop $check_pid
serve "$work/check.log" --cert "$work/expired.pem" --key "$work/expired.key"
run 4 "check: ended" check --cafile "$ca/ca.pem" "localhost:$port"
check "check: ended: since when" grep -q 'none: it ended on' "$work/out"
stop $last
odd_server silent
run 6 "check: silent" check --cafile "$ca/ca.pem" "127.0.0.1:$port" --timeout 1 --limit 2
stop $last
odd_server plain
run 3 "check: no TLS" check --cafile "$ca/ca.pem" "127.0.0.1:$port" --timeout 2
stop $last
if have openssl; then
    openssl_server() { # OPTION...
        openssl_port=$((20000 + $$ % 20000))
        background "$work/s_server" openssl s_server -accept "127.0.0.1:$openssl_port" -www "$@"
        tries=0
        while ! grep -q ACCEPT "$work/s_server" && [ $tries -lt 100 ]; do
            sleep 0.05
            tries=$((tries + 1))
        done
    }
    plain="-cert $work/b.pem -key $work/b.key"
    # shellcheck disable=SC2086 # words
    openssl_server $plain
    run 0 "check: openssl" check --cafile "$ca/ca.pem" --servername b.test "127.0.0.1:$openssl_port" --json
    check "check: openssl: tickets" grep -q '"id":"tickets","mark":"ok"' "$work/out"
    check "check: openssl: TLS 1.2 too, and no downgrade" grep -q '"id":"downgrade","mark":"ok"' "$work/out"
    check "check: openssl: a retry" grep -q '"id":"retry","mark":"ok"' "$work/out"
    stop $last
    # shellcheck disable=SC2086
    openssl_server $plain -tls1_2
    run 3 "check: TLS 1.2 alone" check --cafile "$ca/ca.pem" --servername b.test "127.0.0.1:$openssl_port"
    check "check: TLS 1.2 alone: says so" grep -q 'nothing newer' "$work/out"
    stop $last
    # shellcheck disable=SC2086
    openssl_server $plain -tls1_1 -cipher ALL@SECLEVEL=0
    run 3 "check: TLS 1.1" check --cafile "$ca/ca.pem" --servername b.test "127.0.0.1:$openssl_port"
    check "check: TLS 1.1: says so" grep -q 'x *TLS 1.1 *spoken' "$work/out"
    stop $last
    openssl_server -cert ib.pem -key ib.key -cert_chain tier-int/chain.pem -status_file ib.ocsp
    run 0 "check: a good staple" check --cafile tier/ca.pem --servername b.example.test "127.0.0.1:$openssl_port" --json
    check "check: a good staple: says so" grep -q '"id":"staple","mark":"ok"' "$work/out"
    run 0 "connect: a good staple" connect --summary-only --cafile tier/ca.pem --servername b.example.test "127.0.0.1:$openssl_port"
    run 4 "cert show: a server that is not trusted here" cert verify "127.0.0.1:$openssl_port" --name b.example.test
    run 0 "cert verify: a server with its staple" cert verify "127.0.0.1:$openssl_port" --cafile tier/ca.pem --name b.example.test
    check "cert verify: a server with its staple: by it" grep -q 'by its OCSP answer' "$work/out"
    run 0 "cert chain: a server" cert chain "127.0.0.1:$openssl_port" --cafile tier/ca.pem
    run 0 "cert fp: a server" cert fp "127.0.0.1:$openssl_port"
    stop $last
    openssl_server -cert ia.pem -key ia.key -cert_chain tier-int/chain.pem -status_file ia.ocsp
    run 5 "check: a staple that says revoked" check --cafile tier/ca.pem --servername a.example.test "127.0.0.1:$openssl_port"
    check "check: a staple that says revoked: says so" grep -q 'x *OCSP staple *no good' "$work/out"
    run 5 "connect: a staple that says revoked" connect --summary-only --cafile tier/ca.pem --servername a.example.test "127.0.0.1:$openssl_port"
    mask <"$work/err" | sed '/^  address/d' >"$work/said"
    golden connect-revoked "$work/said"
    stop $last
    openssl_server -cert ia.pem -key ia.key -cert_chain tier-int/chain.pem
    run 4 "check: must-staple without a staple" check --cafile tier/ca.pem --servername a.example.test "127.0.0.1:$openssl_port"
    run 4 "connect: must-staple without a staple" connect --summary-only --cafile tier/ca.pem --servername a.example.test "127.0.0.1:$openssl_port"
    stop $last
else
    for row in tickets 'TLS 1.2 too, and no downgrade' 'a retry' 'TLS 1.2 alone' 'TLS 1.1' 'a good staple' 'revoked' 'must-staple'; do
        skip "check: openssl: $row" "no openssl"
    done
fi
