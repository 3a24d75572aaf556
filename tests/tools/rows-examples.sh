# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Sourced by run: every example does what it says. $examples is the folder they were built in.
example_server() { # COUNT
    background "$work/example" "$examples/example_server" "$work/local.pem" "$work/local.key" 0 "$1"
    wait_port "$work/example"
}
example_server 2
timeout 30 "$examples/example_stream_client" localhost "$port" "$ca/ca.pem" >"$work/out" 2>"$work/err"
check "example stream_client: status" [ $? = 0 ]
check "example stream_client: the greeting" grep -q 'Hello, TLS!' "$work/out"
timeout 30 "$examples/example_stream_client" localhost "$port" other/ca.pem >"$work/out" 2>"$work/err"
check "example stream_client: an unknown root is refused" [ $? = 1 ]
check "example stream_client: and explained" grep -qi 'trusted root' "$work/err"
wait "$last"
check "example server: ends after its count" [ $? = 0 ]
if [ -x "$examples/example_client" ]; then
    example_server 1
    timeout 30 "$examples/example_client" localhost "$port" "$ca/ca.pem" >"$work/out" 2>"$work/err"
    check "example client: the greeting" grep -q 'Hello, TLS!' "$work/out"
    wait "$last"
    timeout 30 "$examples/example_client" localhost 1 "$work/none" >"$work/out" 2>"$work/err"
    check "example client: no such CAFILE" [ $? = 1 ]
    check "example client: no such CAFILE: said" grep -q 'No such file' "$work/err"
    timeout 30 "$examples/example_client" 'a b' 1 "$ca/ca.pem" >"$work/out" 2>"$work/err"
    check "example client: a name that is none: said" grep -q 'neither a DNS name' "$work/err"
    example_server 1
    { head -c 200000 /dev/zero | tr '\0' '\n'; cat "$ca/ca.pem"; } >"$work/late.pem"
    timeout 30 "$examples/example_client" localhost "$port" "$work/late.pem" >"$work/out" 2>"$work/err"
    check "example client: a large CAFILE is read to its end" grep -q 'Hello, TLS!' "$work/out"
    wait "$last"
else
    skip "example client: the greeting" "this build has no OpenSSL provider"
fi
serve "$work/serve2.log" --cert "$work/local.pem" --key "$work/local.key"
timeout 30 "$examples/example_epoll_client" 127.0.0.1 "$port" "$ca/ca.pem" 50 >"$work/out" 2>"$work/err"
check "example epoll_client: 50 at once" grep -q '^50 fetched, 0 failed' "$work/out"
stop "$last"
if have openssl; then
    openssl pkey -in "$work/local.key" -outform DER -out "$work/local.der" 2>"$work/err"
    timeout 30 "$examples/example_remote_key" "$work/local.pem" "$work/local.der" "$ca/ca.pem" >"$work/out" 2>"$work/err"
    check "example remote_key: status" [ $? = 0 ]
    check "example remote_key: signed elsewhere" grep -q 'signed on another thread' "$work/out"
    check "example remote_key: and used" grep -q 'client got: hello' "$work/out"
else
    skip "example remote_key" "no openssl"
fi
