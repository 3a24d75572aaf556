# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: connect, its exit statuses and what it says.
mkdir -p "$work/site/sub" "$work/site/.git"
printf 'Hello from patina.\n' >"$work/site/index.html"
printf 'secret\n' >"$work/site/.git/config"
printf 'outside\n' >"$work/outside.txt"
printf '0123456789' >"$work/site/digits.txt"
printf 'in sub\n' >"$work/site/sub/a b&c.txt"
head -c 8388608 /dev/urandom >"$work/site/big.bin"
printf 'private\n' >"$work/site/private.txt"
chmod 640 "$work/site/private.txt"
ln -s ../outside.txt "$work/site/leak.txt"
ln -s /etc/passwd "$work/site/passwd"
ln -s digits.txt "$work/site/inside.txt"

serve "$work/serve.log" --cert "$work/local.pem" --key "$work/local.key" --cert "$work/a.pem" --key "$work/a.key" \
    --cert "$work/b.pem" --key "$work/b.key" --log
main_pid=$last
main=$port
check "serve says where it listens" [ -n "$main" ]

run 0 "connect" connect --summary-only --cafile "$ca/ca.pem" --groups x25519 --suites aes128 --alpn h2,http/1.1 "127.0.0.1:$main"
sed -i -e '/^  provider /d' "$work/err"
golden connect "$work/err"
LC_ALL=C.UTF-8 "$patina" connect --summary-only --cafile "$ca/ca.pem" --groups p256 --suites chacha20 "localhost:$main" \
    >/dev/null 2>"$work/err" </dev/null
sed -i -e '/^  provider /d' -e '/^  address /d' "$work/err"
golden connect-unicode "$work/err"
run 0 "connect --json" connect --json --cafile "$ca/ca.pem" "localhost:$main"
json_row "connect" "$work/out"
check "connect --json says ok" grep -q '"ok":true' "$work/out"
check "connect --json: the port is a number" grep -q "\"port\":$main," "$work/out"
check "connect --json: the provider as --provider takes it" grep -qE '"provider":"(awslc|openssl)"' "$work/out"
run 0 "connect --quiet" connect --quiet --summary-only --cafile "$ca/ca.pem" "localhost:$main"
check "--quiet is quiet" [ ! -s "$work/err" ]
run 0 "suite chosen" connect --summary-only --cafile "$ca/ca.pem" --suites TLS_AES_256_GCM_SHA384 "localhost:$main"
check "suite chosen: shown" grep -q 'TLS_AES_256_GCM_SHA384' "$work/err"
run 0 "group chosen" connect --summary-only --cafile "$ca/ca.pem" --groups secp384r1 "localhost:$main"
check "group chosen: shown" grep -qE 'secp384r1 +\(not post-quantum\)' "$work/err"
for provider in awslc openssl; do
    if "$patina" doctor --json | grep -q "\"$provider\",\"available\":true"; then
        run 0 "connect --provider $provider" connect --summary-only --provider $provider --cafile "$ca/ca.pem" "localhost:$main"
    else
        run 1 "connect --provider $provider, which this build has not" connect --provider $provider --cafile "$ca/ca.pem" "localhost:$main"
    fi
done

# RFC 6761: localhost needs no resolver, nor what is below it; the certificate is for neither name.
run 4 "a name below localhost is this machine" connect --summary-only --cafile "$ca/ca.pem" "any.localhost:$main"
run 2 "another name is not" connect --summary-only --cafile "$ca/ca.pem" "notlocalhost.invalid:$main"

if [ -e /proc/net/if_inet6 ] && grep -q '^0*1 ' /proc/net/if_inet6; then
    background "$work/six.log" "$patina" serve "$work/site" --listen '[::1]:0' --cert "$work/local.pem" --key "$work/local.key"
    wait_port "$work/six.log"
    run 0 "localhost is both loopback addresses" connect --summary-only --cafile "$ca/ca.pem" "localhost:$port"
    stop "$last"
else
    skip "localhost is both loopback addresses" "no IPv6 here"
fi

# Colour: on a terminal only.
run 0 "--color=always" connect --color=always --summary-only --cafile "$ca/ca.pem" "localhost:$main"
esc=$(printf '\033')
check "--color=always colours" grep -q "$esc" "$work/err"
run 0 "colour into a file" connect --summary-only --cafile "$ca/ca.pem" "localhost:$main"
check "no colour into a file" sh -c '! grep -q "$1" "$2"' sh "$esc" "$work/err"
if have script; then
    TERM=xterm script -qec "'$patina' doctor" /dev/null >"$work/out" 2>/dev/null </dev/null
    check "colour on a terminal" grep -q "$esc" "$work/out"
    NO_COLOR=1 TERM=xterm script -qec "'$patina' doctor" /dev/null >"$work/out" 2>/dev/null </dev/null
    check "NO_COLOR is honoured" sh -c '! grep -q "$1" "$2"' sh "$esc" "$work/out"
else
    skip "colour on a terminal" "no script(1)"
    skip "NO_COLOR is honoured" "no script(1)"
fi

# The pipe.
request='GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
printf "$request" | timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "pipe: half-close, and the answer comes" grep -q 'Hello from patina' "$work/out"
printf 'GET /digits.txt HTTP/1.1\r\nHost: x\r\n\r\n' |
    timeout 20 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "pipe: half-close ends a connection that would be kept" [ $? = 0 ]
check "pipe: after the answer" grep -q 0123456789 "$work/out"
printf "$request" | timeout 30 "$patina" connect --quiet --no-half-close --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "pipe: --no-half-close" grep -q 'Hello from patina' "$work/out"
printf 'GET /big.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' |
    timeout 60 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" 2>"$work/err" | tail -c 8388608 >"$work/out"
check "pipe: 8 MiB down" cmp -s "$work/out" "$work/site/big.bin"
{
    printf 'POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8388608\r\nConnection: close\r\n\r\n'
    cat "$work/site/big.bin"
} | timeout 60 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >"$work/out" 2>"$work/err"
check "pipe: 8 MiB up" grep -q 'received 8388608 bytes' "$work/out"
odd_server half-close "$work/local.pem" "$work/local.key"
timeout 60 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$port" <"$work/site/big.bin" >"$work/out" 2>"$work/err"
check "pipe: a server that closes its side first still gets all" [ $? = 0 ]
wait "$last"
check "pipe: and it got all" grep -q 'received 8388608' "$work/odd"

# Key log.
export SSLKEYLOGFILE="$work/keys"
run 0 "SSLKEYLOGFILE" connect --summary-only --cafile "$ca/ca.pem" "localhost:$main"
unset SSLKEYLOGFILE
check "SSLKEYLOGFILE: secrets are written" grep -q '^CLIENT_HANDSHAKE_TRAFFIC_SECRET ' "$work/keys"
check "SSLKEYLOGFILE: the file is private" sh -c '[ "$(stat -c %a "$1")" = 600 ]' sh "$work/keys"
check "SSLKEYLOGFILE: there is a warning" grep -q 'warning: ' "$work/err"
run 1 "--keylog where nothing can be written" connect --keylog "$work/none/keys" --cafile "$ca/ca.pem" "localhost:$main"

# 1 usage.
run 1 "no host" connect
run 1 "two hosts" connect a b
for bad in 99999 0 65536 https 4x -1; do
    run 1 "no port: $bad" connect "localhost:$bad"
done
check "no port: it is said" grep -q '"-1" is not a port (1 to 65535)' "$work/err"
for url in https://localhost:$main/ localhost:$main/; do
    run 1 "a URL: $url" connect "$url"
    check "a URL: the hint" grep -q 'give HOST:PORT, not a URL' "$work/err"
done
run 1 "unknown group" connect --groups p257 localhost
run 1 "unknown suite" connect --suites rc4 localhost
run 1 "cafile that is not there" connect --cafile "$work/none" "localhost:$main"
run 1 "cafile without certificates" connect --cafile "$work/outside.txt" "localhost:$main"
run 1 "server name that is none" connect --cafile "$ca/ca.pem" --servername 'a b' "localhost:$main"
golden bad-name "$work/err"

# 2 DNS and TCP.
run 2 "no such name" connect --cafile "$ca/ca.pem" no-such-name.invalid
run 2 "no such name, JSON" connect --json --cafile "$ca/ca.pem" no-such-name.invalid
json_row "no such name" "$work/out"
run 2 "escape sequences in the host" connect --cafile "$ca/ca.pem" "$(printf '\033]0;owned\007x.invalid')"
check "escape sequences in the host: filtered" sh -c '! grep -q "$1" "$2"' sh "$esc" "$work/err"
run 2 "nobody listens" connect --cafile "$ca/ca.pem" 127.0.0.1:1
golden refused-port "$work/err"

# 3 TLS.
odd_server plain
run 3 "not TLS" connect --cafile "$ca/ca.pem" "127.0.0.1:$port"
golden not-tls "$work/err"
odd_server truncate "$work/local.pem" "$work/local.key"
run 3 "truncated" connect --quiet --no-half-close --cafile "$ca/ca.pem" "127.0.0.1:$port"
golden truncated "$work/err"
check "truncated: what came is there" grep -q 'some bytes' "$work/out"
odd_server truncate-after "$work/local.pem" "$work/local.key"
run 3 "truncated after a half-close" connect --quiet --cafile "$ca/ca.pem" "127.0.0.1:$port"
golden truncated-after "$work/err"
check "truncated after a half-close: what came is there" grep -q 'some bytes' "$work/out"
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key" --groups p384
run 3 "no group in common" connect --cafile "$ca/ca.pem" --groups x25519 "127.0.0.1:$port"
golden no-group "$work/err"
run 3 "no protocol in common" connect --cafile "$ca/ca.pem" --alpn h2 "127.0.0.1:$port"
golden no-protocol "$work/err"
run 3 "TLS failure, JSON" connect --json --cafile "$ca/ca.pem" --alpn h2 "127.0.0.1:$port"
json_row "TLS failure" "$work/out"
stop "$last"

# 4 certificate or name. Each is explained.
refuse() { # NAME OPTION...
    refuse_name=$1
    shift
    run 4 "$refuse_name" connect --summary-only "$@"
    golden "$refuse_name" "$work/err"
}
refuse wrong-name --cafile "$ca/ca.pem" --servername other.test "127.0.0.1:$main"
refuse unknown-root --cafile other/ca.pem "127.0.0.1:$main"
refuse unknown-root-system "127.0.0.1:$main"
LC_ALL=C.UTF-8 "$patina" connect --cafile "$ca/ca.pem" --servername other.test "127.0.0.1:$main" >/dev/null 2>"$work/err" </dev/null
golden wrong-name-unicode "$work/err"
"$patina" ca issue --dir "$ca" --name '*.w.test' --cert wild.pem --key wild.key --quiet >/dev/null
serve "$work/serve2.log" --cert wild.pem --key wild.key
refuse wrong-name-wildcard --cafile "$ca/ca.pem" --servername other.test "127.0.0.1:$port"
stop "$last"
run 4 "wrong name, JSON" connect --json --cafile "$ca/ca.pem" --servername other.test "127.0.0.1:$main"
json_row "wrong name" "$work/out"
serve "$work/serve2.log" --cert "$work/expired.pem" --key "$work/expired.key"
refuse expired --cafile "$ca/ca.pem" "127.0.0.1:$port"
stop "$last"
serve "$work/serve2.log" --cert "$work/notyet.pem" --key "$work/notyet.key"
refuse not-yet-valid --cafile "$ca/ca.pem" "127.0.0.1:$port"
stop "$last"
odd_server wrong-key "$work/local.pem" "$work/a.key"
refuse wrong-key --cafile "$ca/ca.pem" "127.0.0.1:$port"
wait "$last"
if have openssl; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/self.key" -out "$work/self.pem" \
        -subj /CN=localhost -days 30 -addext subjectAltName=DNS:localhost -addext basicConstraints=CA:FALSE >/dev/null 2>&1
    serve "$work/serve2.log" --cert "$work/self.pem" --key "$work/self.key"
    refuse self-signed --cafile "$ca/ca.pem" "localhost:$port"
    run 0 "self-signed: what the text advises" connect --summary-only --cafile "$work/self.pem" "localhost:$port"
    stop "$last"
    # What `openssl req -x509` makes unless told otherwise: an authority, which --cafile does not help.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/self.key" -out "$work/self.pem" \
        -subj /CN=localhost -days 30 -addext subjectAltName=DNS:localhost >/dev/null 2>&1
    serve "$work/serve2.log" --cert "$work/self.pem" --key "$work/self.key"
    refuse self-signed-authority --cafile "$ca/ca.pem" "localhost:$port"
    run 4 "self-signed authority: --cafile does not help" connect --summary-only --cafile "$work/self.pem" "localhost:$port"
    stop "$last"
    # What a peer writes never reaches the terminal as it is.
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/evil.key" -out "$work/evil.pem" -utf8 \
        -subj "$(printf '/CN=\033]0;owned\007x')" -days 30 -addext subjectAltName=DNS:localhost >/dev/null 2>&1
    serve "$work/serve2.log" --cert "$work/evil.pem" --key "$work/evil.key"
    run 4 "escape sequences in a name" connect --cafile "$ca/ca.pem" "localhost:$port"
    check "escape sequences in a name: filtered" sh -c '! grep -q "$1" "$2"' sh "$esc" "$work/err"
    run 4 "escape sequences in a name, JSON" connect --json --cafile "$ca/ca.pem" "localhost:$port"
    json_row "escape sequences in a name" "$work/out"
    stop "$last"
    . "$here/rows-openssl.sh"
else
    skip "self-signed" "no openssl"
fi

# 5 revoked: by a staple, in rows-check.sh.

# 6 time-out.
odd_server silent
run 6 "silent server" connect --timeout 1 --cafile "$ca/ca.pem" "127.0.0.1:$port"
golden silent "$work/err"
wait "$last"

# 7 other: nothing is wrong with the connection, but what came cannot be written.
if [ -c /dev/full ]; then
    printf "$request" | timeout 30 "$patina" connect --quiet --cafile "$ca/ca.pem" "localhost:$main" >/dev/full 2>"$work/err"
    check "standard output is full" [ $? = 7 ]
    golden full "$work/err"
    "$patina" doctor >/dev/full 2>"$work/err"
    check "standard output is full: doctor" [ $? = 7 ]
else
    skip "standard output is full" "no /dev/full"
fi
