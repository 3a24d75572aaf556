# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: serve against curl, several certificates, limits, signals.
run 1 "serve without a folder" serve --cert "$work/local.pem" --key "$work/local.key"
run 1 "serve without a key" serve "$work/site" --cert "$work/local.pem"
run 1 "serve: the key is another's" serve "$work/site" --cert "$work/local.pem" --key "$work/a.key"
golden key-mismatch "$work/err"
if have openssl; then
    openssl pkey -in "$work/local.key" -aes256 -passout pass:x -out "$work/locked.key" 2>/dev/null
    run 1 "serve: an encrypted key" serve "$work/site" --cert "$work/local.pem" --key "$work/locked.key"
    check "serve: an encrypted key: the hint" grep -q 'the key is encrypted' "$work/err"
else
    skip "serve: an encrypted key" "no openssl"
fi
for bad in 99999 :65536 127.0.0.1:x localhost:70000; do
    run 1 "serve: no port: $bad" serve "$work/site" --cert "$work/local.pem" --key "$work/local.key" --listen "$bad"
done
for bare in 0 :0; do
    background "$work/bare.log" "$patina" serve "$work/site" --cert "$work/local.pem" --key "$work/local.key" --listen "$bare"
    wait_port "$work/bare.log"
    check "serve --listen $bare: on 127.0.0.1" grep -q '^listening on https://127.0.0.1:[1-9]' "$work/bare.log"
    stop "$last"
done
run 1 "serve: no such folder" serve "$work/none" --cert "$work/local.pem" --key "$work/local.key"
run 2 "serve: the port is taken" serve "$work/site" --cert "$work/local.pem" --key "$work/local.key" --listen "127.0.0.1:$main"

# Certificates by SNI.
for host in a b; do
    run 0 "SNI $host.test" connect --summary-only --cafile "$ca/ca.pem" --servername $host.test "127.0.0.1:$main"
    check "SNI $host.test: its certificate" grep -q "leaf   CN=$host.test" "$work/err"
done
run 0 "SNI by wildcard" connect --summary-only --cafile "$ca/ca.pem" --servername www.a.test "127.0.0.1:$main"
for key in ed p384; do
    serve "$work/serve2.log" --cert "$work/$key.pem" --key "$work/$key.key"
    run 0 "serve with a key of type $key" connect --summary-only --cafile "$ca/ca.pem" "localhost:$port"
    stop "$last"
done
background "$work/json.log" "$patina" serve "$work/site" --json --listen 127.0.0.1:0 --cert "$work/local.pem" --key "$work/local.key"
tries=0
while [ ! -s "$work/json.log" ] && [ $tries -lt 100 ]; do
    sleep 0.05
    tries=$((tries + 1))
done
json_row "serve" "$work/json.log"
stop "$last"
check "SIGTERM ends serve with 0" [ $rc = 0 ]

if have curl; then
    url=https://localhost:$main
    get() { # OPTION... URL: body to out, head to head, status in $status
        status=$(curl -sS -m 30 --cacert "$ca/ca.pem" --resolve "localhost:$main:127.0.0.1" -D "$work/head" -o "$work/out" -w '%{http_code}' "$@" 2>"$work/err")
    }
    http() { # WANTED NAME OPTION... URL
        http_wanted=$1 http_name=$2
        shift 2
        get "$@"
        if [ "$status" = "$http_wanted" ]; then ok "$http_name"; else not_ok "$http_name" "status $status instead of $http_wanted" "$(cat "$work/err")"; fi
    }
    body() { check "$1" sh -c '[ "$(cat "$1")" = "$2" ]' sh "$work/out" "$2"; }
    header() { check "$1" grep -qi "^$2" "$work/head"; }

    http 200 "GET /" "$url/"
    body "GET /: index.html" 'Hello from patina.'
    header "GET /: media type" 'content-type: text/html; charset=utf-8'
    http 200 "GET, ALPN http/1.1" --http1.1 "$url/digits.txt"
    body "GET: the file" 0123456789
    http 200 "HEAD" -I "$url/digits.txt"
    header "HEAD: length" 'content-length: 10'
    http 206 "range" -r 2-4 "$url/digits.txt"
    body "range: bytes 2 to 4" 234
    header "range: Content-Range" 'content-range: bytes 2-4/10'
    http 206 "range to the end" -r 7- "$url/digits.txt"
    body "range to the end: bytes" 789
    http 206 "range of the last bytes" -r -3 "$url/digits.txt"
    body "range of the last bytes: bytes" 789
    http 206 "range past the end" -r 8-100 "$url/digits.txt"
    body "range past the end: bytes" 89
    http 416 "range beyond the file" -r 10-12 "$url/digits.txt"
    header "range beyond the file: Content-Range" 'content-range: bytes \*/10'
    http 200 "several ranges: the whole file" -r 0-1,4-5 "$url/digits.txt"
    http 200 "8 MiB" "$url/big.bin"
    check "8 MiB: the same bytes" cmp -s "$work/out" "$work/site/big.bin"
    http 206 "range of a large file" -r 5000000-6000000 "$url/big.bin"
    tail -c +5000001 "$work/site/big.bin" | head -c 1000001 >"$work/part"
    check "range of a large file: the same bytes" cmp -s "$work/out" "$work/part"
    modified=$(curl -sS -m 30 --cacert "$ca/ca.pem" -I "$url/digits.txt" 2>/dev/null | tr -d '\r' | sed -n 's/^Last-Modified: //p')
    http 304 "not modified" -H "If-Modified-Since: $modified" "$url/digits.txt"
    http 404 "no such file" "$url/none"
    http 404 "folder as a file's parent" "$url/digits.txt/x"
    http 301 "folder without a slash" "$url/sub"
    header "folder without a slash: where to" 'location: /sub/'
    http 200 "folder as a list" "$url/sub/"
    check "folder as a list: escaped" grep -qF '<a href="./a%20b%26c.txt">a b&amp;c.txt</a>' "$work/out"
    http 200 "encoded name" "$url/sub/a%20b%26c.txt"
    http 404 "out by .." --path-as-is "$url/../outside.txt"
    http 404 "out by .. in the middle" --path-as-is "$url/sub/../../outside.txt"
    http 404 "out by %2e%2e" --path-as-is "$url/%2e%2e/outside.txt"
    http 404 "out by ..%2f" --path-as-is "$url/..%2foutside.txt"
    http 404 "out by a relative link" "$url/leak.txt"
    http 404 "out by an absolute link" "$url/passwd"
    http 200 "link inside the folder" "$url/inside.txt"
    http 403 "a file that others may not read" "$url/private.txt"
    check "the log: address, method, path, status, bytes" grep -q '127.0.0.1 GET /digits.txt 200 10$' "$work/serve.log"
    check "the log: HEAD has no bytes" grep -q '127.0.0.1 HEAD /digits.txt 200 0$' "$work/serve.log"
    http 404 "hidden file" "$url/.git/config"
    http 400 "NUL in a name" "$url/digits.txt%00"
    http 405 "DELETE" -X DELETE "$url/digits.txt"
    header "DELETE: what is allowed" 'allow: GET, HEAD, POST, PUT'
    http 200 "PUT" -T "$work/site/big.bin" "$url/upload"
    body "PUT: counted" 'received 8388608 bytes'
    http 200 "PUT that waits for 100 Continue" -H 'Expect: 100-continue' -T "$work/site/digits.txt" "$url/upload"
    http 411 "chunked upload" -H 'Transfer-Encoding: chunked' --data-binary "@$work/site/digits.txt" "$url/upload"
    http 431 "head too long" -H "X: $(head -c 9000 /dev/zero | tr '\0' x)" "$url/"
    curl -sS -m 30 --cacert "$ca/ca.pem" -o /dev/null "$url/" -o /dev/null "$url/digits.txt" -w '%{num_connects}\n' >"$work/out" 2>"$work/err"
    check "keep-alive: one connection for two requests" sh -c '[ "$(tail -n 1 "$1")" = 0 ]' sh "$work/out"
    i=0
    : >"$work/urls"
    while [ $i -lt 200 ]; do
        printf 'url = "%s/digits.txt?%d"\noutput = "%s"\n' "$url" $i "$work/many.$i" >>"$work/urls"
        i=$((i + 1))
    done
    curl -sS -m 60 --cacert "$ca/ca.pem" --parallel --parallel-immediate --parallel-max 100 -K "$work/urls" 2>"$work/err"
    check "200 requests over 100 connections at once" [ $? = 0 ]
    check "200 requests: all answered" sh -c '[ "$(cat "$1"/many.* | wc -c)" = 2000 ]' sh "$work"
    if [ -r "/proc/$main_pid/status" ]; then
        peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$main_pid/status")
        check "flat memory: $peak KiB at most" [ "$peak" -lt 65536 ]
    fi
else
    skip "serve against curl" "no curl"
fi

# Private keys inside the folder that is served.
mkdir -p "$work/keys.d/sub"
cp "$work/local.key" "$work/keys.d/key.pem"
cp "$work/local.pem" "$work/keys.d/cert.pem"
cat "$work/a.pem" "$work/a.key" >"$work/keys.d/both.pem"
cp "$work/b.key" "$work/keys.d/mode.pem"
printf 'fine\n' >"$work/keys.d/fine.txt"
chmod 644 "$work/keys.d"/*
ln "$work/keys.d/key.pem" "$work/keys.d/sub/index.html"
chmod 600 "$work/keys.d/mode.pem"
ln -s key.pem "$work/keys.d/link.pem"
background "$work/keys.log" "$patina" serve "$work/keys.d" --listen 0 --cert "$work/keys.d/cert.pem" --key "$work/keys.d/key.pem" \
    --cert "$work/keys.d/both.pem" --key "$work/keys.d/both.pem"
wait_port "$work/keys.log"
check "a key inside the folder: a warning" grep -q 'warning: the private key .*/key.pem stands inside the folder' "$work/keys.log"
for path in fine.txt cert.pem key.pem both.pem mode.pem link.pem sub/index.html sub/ ''; do
    printf 'GET /%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "$path" |
        timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$port" >"$work/out" 2>"$work/err"
    check "a key inside the folder: none in /$path" sh -c '! grep -q PRIVATE "$1"' sh "$work/out"
    case $path in
    fine.txt | cert.pem | '' | sub/) check "a key inside the folder: /$path is served" grep -q '^HTTP/1.1 200 ' "$work/out" ;;
    *) check "a key inside the folder: /$path is refused" grep -q '^HTTP/1.1 403 ' "$work/out" ;;
    esac
    [ -n "$path" ] || check "a key inside the folder: not in the list" sh -c 'grep -q fine.txt "$1" && ! grep -qE "(key|both|mode|link)\.pem" "$1"' sh "$work/out"
done
stop "$last"

# Two requests in one write, and one that is cut off.
printf 'GET /digits.txt HTTP/1.1\r\nHost: x\r\n\r\nGET /digits.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' |
    timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "pipelined requests" sh -c '[ "$(grep -c 0123456789 "$1")" = 2 ]' sh "$work/out"
printf 'GET /digits.txt HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n' |
    timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "white space before a colon is refused" grep -q '^HTTP/1.1 400 ' "$work/out"
printf 'GET /digits.txt HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n' |
    timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "two hosts are refused" grep -q '^HTTP/1.1 400 ' "$work/out"
printf 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd' |
    timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "two lengths are refused" grep -q '^HTTP/1.1 400 ' "$work/out"
# raw NAME WANTED REQUEST: how often each status came, as "404 1, 200 2".
raw() {
    printf "$3" | timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
    got=$(grep -ao 'HTTP/1.1 [0-9]*' "$work/out" | uniq -c | awk '{printf "%s%s %s", s, $3, $1; s = ", "}')
    if [ "$got" = "$2" ]; then ok "$1"; else not_ok "$1" "$got instead of $2"; fi
}
close='Host: x\r\nConnection: close\r\n'
raw "a path that is not there: its body is no request" '404 1, 200 1' \
    "POST /../x HTTP/1.1\r\nHost: x\r\nContent-Length: 38\r\n\r\nGET /digits.txt HTTP/1.1\r\nHost: evil\r\nGET / HTTP/1.1\r\n$close\r\n"
raw "a path that is not there: Connection: close is heard" '404 1' "GET /.git HTTP/1.1\r\n$close\r\nGET / HTTP/1.1\r\n$close\r\n"
raw "a path that is not there: two lengths" '400 1' 'GET /.git HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'
raw "lines that end with LF" '200 1' 'GET /digits.txt HTTP/1.0\n\n'
raw "lines that end with LF, pipelined" '200 2' 'GET /digits.txt HTTP/1.1\nHost: x\n\nGET / HTTP/1.0\n\n'
raw "lines that end in both ways: LF after CRLF" '400 1' 'GET / HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n'
raw "lines that end in both ways: CRLF after LF" '400 1' 'GET / HTTP/1.1\nHost: x\r\nConnection: close\n\n'
raw "lines that end in both ways: the last" '400 1' 'GET / HTTP/1.1\r\nHost: x\r\n\n'
raw "empty lines before a request" '200 2' "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n$close\r\n"
raw "absolute-form" '200 3' "GET http://x/digits.txt HTTP/1.1\r\nHost: x\r\n\r\nGET HTTPS://x HTTP/1.1\r\nHost: x\r\n\r\nGET https://x?/../y HTTP/1.1\r\n$close\r\n"
raw "absolute-form: no way out" '404 1' "GET https://x/../outside.txt HTTP/1.1\r\n$close\r\n"
raw "absolute-form: another scheme" '400 1' "GET ftp://x/digits.txt HTTP/1.1\r\n$close\r\n"
raw "OPTIONS *" '405 1' "OPTIONS * HTTP/1.1\r\n$close\r\n"
raw "GET *" '400 1' "GET * HTTP/1.1\r\n$close\r\n"
raw "a method nobody knows" '501 1' "FOO / HTTP/1.1\r\n$close\r\n"
raw "HTTP/1.x" '400 1' "GET / HTTP/1.x\r\n$close\r\n"
raw "HTTP/2.0" '505 1' "GET / HTTP/2.0\r\n$close\r\n"
raw "a control character in a header" '400 1' "GET / HTTP/1.1\r\nX: \001\r\n$close\r\n"
timeout 30 "$odd" refused-client "$main" >"$work/out" 2>"$work/err"
check "a client that is refused while it sends gets the alert, and the end" grep -qx 15030300020232 "$work/out"
stop "$main_pid"
check "the server ended with 0" [ $rc = 0 ]

# Limits.
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --log
run 4 "a client that refuses us" connect --summary-only --cafile other/ca.pem "localhost:$port"
stop "$last"
check "the log: a failed handshake, said once" grep -qE '^patina serve: 127\.0\.0\.1 handshake failed: [^:]*: unknown_ca \(48\)$' "$work/serve2.log"
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --handshake-timeout 1
timeout 30 "$odd" idle-client "$port" >"$work/out" 2>"$work/err"
check "half-open connections are dropped after their time" grep -qE '^seconds [12]$' "$work/out"
stop "$last"
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --idle-timeout 1
{
    printf 'GET /digits.txt HTTP/1.1\r\nHost: x\r\n\r\n'
    sleep 4
} | timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$port" >"$work/out" 2>"$work/err"
check "idle connections end with close_notify" [ $? = 0 ]
check "idle connections: served before" grep -q 0123456789 "$work/out"
stop "$last"
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --max-half-open 1 --threads 1
serve_pid=$last
background "$work/idle" "$odd" idle-client "$port"
tries=0
while ! grep -q connected "$work/idle" && [ $tries -lt 100 ]; do
    sleep 0.05
    tries=$((tries + 1))
done
begin=$(date +%s)
run 0 "beyond the cap of handshakes one waits, and gets in" connect --summary-only --cafile "$ca/ca.pem" "localhost:$port"
check "beyond the cap of handshakes: the silent make room first" [ $(($(date +%s) - begin)) -lt 3 ]
stop "$last"
stop "$serve_pid"
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --once 2
run 0 "--once 2: first" connect --summary-only --cafile "$ca/ca.pem" "localhost:$port"
run 0 "--once 2: second" connect --summary-only --cafile "$ca/ca.pem" "localhost:$port"
ended "$last"
check "--once 2: then it ends with 0" [ $rc = 0 ]
