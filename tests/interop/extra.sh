# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Cells beside the matrix: HelloRetryRequest, KeyUpdate, suites, refusals, a page in a browser.
# Sourced by tests/interop/run.

# The peer's only group is not among our first shares.
retry_as_client() {
    group=x25519,secp384r1
    background "$work/log" "$openssl30" s_server -accept 127.0.0.1:0 -cert "$work/p256.pem" -key "$work/p256.key" \
        -tls1_3 -groups P-384 -rev
    server=$pid
    port_of "$work/log" 's/^ACCEPT .*:\([0-9][0-9]*\)$/\1/p' &&
        timeout 20 "$patina" connect --cafile "$work/ca.pem" --servername localhost --groups "$group" \
            "127.0.0.1:$port" <"$work/www/body" >"$work/answer" 2>"$work/err" &&
        cmp -s "$work/answer" "$work/reversed" && cp "$work/err" "$work/summary" && check_summary secp384r1
    verdict=$?
    stop "$server"
    return $verdict
}

# The server's only group is not among the peer's first shares.
retry_as_server() {
    port=$(cat "$work/port.retry") || return 1
    request | timeout 20 "$openssl30" s_client -connect "127.0.0.1:$port" -servername localhost -tls1_3 \
        -CAfile "$work/ca.pem" -verify_return_error -ign_eof -msg -groups X25519:P-384 >"$work/answer" 2>"$work/err" || return 1
    [ "$(grep -c '^>>> .*ClientHello' "$work/answer")" = 2 ] || { broken "no second ClientHello"; return; }
    grep -q "$(tail -n 1 "$work/www/body")" "$work/answer" || broken "the body arrived changed"
}

# The same, towards the hybrid: the peer lists it, but shares X25519 alone.
retry_to_hybrid() {
    port=$(cat "$work/port.hybrid") || return 1
    request | timeout 20 "$openssl35" s_client -connect "127.0.0.1:$port" -servername localhost -tls1_3 \
        -CAfile "$work/ca.pem" -verify_return_error -ign_eof -msg -groups '*X25519:X25519MLKEM768' \
        >"$work/answer" 2>"$work/err" || return 1
    [ "$(grep -c '^>>> .*ClientHello' "$work/answer")" = 2 ] || { broken "no second ClientHello"; return; }
    grep -q "$(tail -n 1 "$work/www/body")" "$work/answer" || broken "the body arrived changed"
}

# Certificates of our own making, judged by another's verifier.
own_authority() {
    rm -rf "$work/own"
    { "$patina" ca init --dir "$work/own" &&
        "$patina" ca issue --dir "$work/own" --name localhost --cert "$work/own/cert.pem" --key "$work/own/key.pem"; } \
        >"$work/err" 2>&1 || { broken "patina ca: exit status $?"; return; }
    background "$work/log" "$patina" serve "$work/www" --cert "$work/own/cert.pem" --key "$work/own/key.pem" \
        --listen 127.0.0.1:0
    server=$pid
    port_of "$work/log" 's/.*127\.0\.0\.1:\([0-9][0-9]*\).*/\1/p' &&
        timeout 20 curl -sS --http1.1 --tlsv1.3 --cacert "$work/own/ca.pem" "https://localhost:$port/body" \
            --resolve "localhost:$port:127.0.0.1" -o "$work/answer" 2>"$work/err" && same_body "$work/answer"
    verdict=$?
    stop "$server"
    return $verdict
}

# Waits, at most 10 s, until a line of FILE matches PATTERN: what comes next may rest on it.
await() { # FILE PATTERN
    tries=0
    until grep -q "$2" "$1" 2>/dev/null || [ $tries -ge 200 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
}

# K asks for new keys in both directions; the data after it must still arrive.
update_as_server() {
    port=$(cat "$work/port.p256") || return 1
    rm -f "$work/answer"
    {
        await "$work/answer" '^>>> .*Finished' && echo K
        await "$work/answer" '^<<< .*KeyUpdate' && request
        await "$work/answer" "$(tail -n 1 "$work/www/body")"
    } | timeout 40 "$openssl30" s_client -connect "127.0.0.1:$port" -servername localhost -tls1_3 -CAfile "$work/ca.pem" \
        -verify_return_error -msg >"$work/answer" 2>"$work/err"
    grep -q '^>>> .*KeyUpdate' "$work/answer" || { broken "s_client sent no KeyUpdate"; return; }
    grep -q '^<<< .*KeyUpdate' "$work/answer" || { broken "we did not answer the KeyUpdate"; return; }
    grep -q "$(tail -n 1 "$work/www/body")" "$work/answer" || broken "nothing came after the KeyUpdate"
}

update_as_client() {
    rm -f "$work/commands" "$work/answer" && mkfifo "$work/commands"
    "$openssl30" s_server -accept 127.0.0.1:0 -cert "$work/p256.pem" -key "$work/p256.key" -tls1_3 -msg \
        <"$work/commands" >"$work/log" 2>&1 &
    server=$!
    say $server >>"$work/pids"
    exec 7>"$work/commands"
    if port_of "$work/log" 's/^ACCEPT .*:\([0-9][0-9]*\)$/\1/p'; then
        {
            await "$work/log" '^CIPHER is' && echo K >&7
            await "$work/log" '^>>> .*KeyUpdate' && echo after-the-update
            await "$work/log" after-the-update && echo from-the-server >&7
            await "$work/answer" from-the-server
            echo Q >&7
        } | timeout 40 "$patina" connect --cafile "$work/ca.pem" --servername localhost "127.0.0.1:$port" \
            >"$work/answer" 2>"$work/err"
    fi
    exec 7>&-
    stop "$server"
    grep -q '^>>> .*KeyUpdate' "$work/log" || { broken "s_server sent no KeyUpdate"; return; }
    grep -q '^<<< .*KeyUpdate' "$work/log" || { broken "we did not answer the KeyUpdate"; return; }
    grep -q after-the-update "$work/log" || { broken "nothing arrived after our new key"; return; }
    grep -q from-the-server "$work/answer" || broken "nothing arrived after the peer's new key"
}

# suite_cell ROLE OPENSSL-NAME OURS
suite_cell() {
    group=x25519
    if [ "$1" = server ]; then
        background "$work/log" "$openssl30" s_server -accept 127.0.0.1:0 -cert "$work/p256.pem" \
            -key "$work/p256.key" -tls1_3 -ciphersuites "$2" -rev
        server=$pid
        port_of "$work/log" 's/^ACCEPT .*:\([0-9][0-9]*\)$/\1/p' && echo_through "$port" "$work/reversed" && check_summary "$2"
        verdict=$?
        stop "$server"
        return $verdict
    fi
    port=$(cat "$work/port.p256") || return 1
    request | timeout 20 "$openssl30" s_client -connect "127.0.0.1:$port" -servername localhost -tls1_3 \
        -CAfile "$work/ca.pem" -verify_return_error -quiet -ign_eof -ciphersuites "$2" >"$work/answer" 2>"$work/err" || return 1
    strip_head "$work/answer" "$work/got" && same_body "$work/got"
}

# refused STATUS OPTION...: patina connect to a server of ours must end with STATUS and say why.
refused() {
    wanted=$1
    shift
    timeout 20 "$patina" connect --summary-only "$@" "127.0.0.1:$(cat "$work/port.p256")" >"$work/answer" 2>"$work/err" </dev/null
    rc=$?
    [ $rc = "$wanted" ] || { broken "exit status $rc instead of $wanted"; return; }
    [ -s "$work/err" ] || broken "refused without a word"
}

# A TLS 1.2 peer is told so by the alert protocol_version.
old_client() {
    port=$(cat "$work/port.p256") || return 1
    timeout 20 "$openssl30" s_client -connect "127.0.0.1:$port" -tls1_2 </dev/null >"$work/answer" 2>"$work/err" && return 1
    grep -qi 'protocol version' "$work/err" || broken "no alert protocol_version"
}

# The page's script sets a title; the browser's own store decides whether the page is loaded at all.
load_page() { # PORT
    home=$work/chromium
    if [ ! -d "$home" ]; then
        have certutil || { cannot "no certutil to fill its store"; return; }
        mkdir -p "$home/.pki/nssdb" && certutil -d "sql:$home/.pki/nssdb" -N --empty-password &&
            certutil -d "sql:$home/.pki/nssdb" -A -t C,, -n patina-interop -i "$work/ca.pem" || return 1
        say '<!doctype html><title>wait</title><script>document.title = "patina-" + "ok"</script>' >"$work/www/index.html"
    fi
    HOME=$home timeout 60 "$chromium" --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
        --user-data-dir="$home/profile" --log-net-log="$work/net.json" --dump-dom "https://localhost:$1/" \
        >"$work/answer" 2>"$work/err" || { broken "chromium: exit status $?"; return; }
    grep -q '<title>patina-ok' "$work/answer" || { broken "the page did not come to life"; return; }
    grep -q '"key_exchange_group":4588' "$work/net.json" || broken "the connection did not take X25519MLKEM768"
}

extra_cells() {
    if [ -n "$openssl30" ]; then
        attempt "openssl30 server HelloRetryRequest" retry_as_client
        attempt "openssl30 client HelloRetryRequest" retry_as_server
        attempt "openssl30 server KeyUpdate" update_as_client
        attempt "openssl30 client KeyUpdate" update_as_server
        for suite in TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256; do
            attempt "openssl30 server $suite" suite_cell server $suite
            attempt "openssl30 client $suite" suite_cell client $suite
        done
        attempt "openssl30 client TLS 1.2 refused" old_client
    fi
    if [ -n "$openssl35" ]; then
        attempt "openssl35 client HelloRetryRequest to the hybrid" retry_to_hybrid
    fi
    if have curl; then
        attempt "curl client certificate of patina ca" own_authority
    fi
    attempt "refused: wrong name" refused 4 --cafile "$work/ca.pem" --servername example.org
    attempt "refused: unknown root" refused 4 --servername localhost --cafile "$work/other.pem"
}
