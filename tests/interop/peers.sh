# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# How each peer is started as a server and as a client. Sourced by tests/interop/run. A function
# returns 0 when the cell passed, 2 when it is impossible, 1 when it failed; $why says why.

cannot() {
    why=$*
    return 2
}
broken() {
    why=$*
    return 1
}

# What is here. Empty: not had.
find_peers() {
    openssl30='' openssl35='' go_peer='' node_peer='' python_peer='' chromium=''
    case $(openssl version 2>/dev/null) in OpenSSL\ 3.*) openssl30=openssl ;; esac
    case " $peers " in *" openssl35 "*)
        if root35=$(openssl35_root); then
            {
                echo '#!/bin/sh'
                echo "PATINA_ROOT='$PATINA_ROOT'; . '$PATINA_ROOT/scripts/lib.sh'"
                echo "export OPENSSL_CONF=/dev/null OPENSSL_MODULES='$root35/usr/lib/$(uname -m)-linux-gnu/ossl-modules'"
                echo "exec_in_place '$root35' '$root35/usr/bin/openssl' \"\$@\""
            } >"$work/openssl35"
            chmod +x "$work/openssl35"
            "$work/openssl35" version >"$work/err" 2>&1 && openssl35=$work/openssl35
        fi
        ;;
    esac
    case " $peers " in *" go "*)
        if go=$(go_command); then
            (cd "$here/go" && GOFLAGS=-mod=mod GOTOOLCHAIN=local "$go" build -o "$work/go-peer" .) \
                >"$work/err" 2>&1 && go_peer=$work/go-peer
        fi
        ;;
    esac
    have python3 && python_peer="python3 $here/peer.py"
    for name in nodejs node; do have $name && node_peer="$name $here/peer.js"; done
    for name in chromium-headless-shell chromium; do have $name && chromium=$name; done
}

# ---- Names of groups.

openssl_group() {
    case $1 in
    x25519) echo X25519 ;;
    secp256r1) echo P-256 ;;
    secp384r1) echo P-384 ;;
    *) echo "$1" ;;
    esac
}
gnutls_group() {
    case $1 in
    x25519) echo GROUP-X25519 ;;
    secp256r1) echo GROUP-SECP256R1 ;;
    secp384r1) echo GROUP-SECP384R1 ;;
    esac
}

# ---- Servers in the background.

# background LOG COMMAND...: starts it with an idle standard input; $pid is its number.
background() {
    log=$1
    shift
    : >"$log" # before the fork: the last server's port must not be found there
    "$@" >"$log" 2>&1 <"$work/idle" &
    pid=$!
    say "$pid" >>"$work/pids"
}
# port_of LOG PATTERN: waits for the line that names the port (sed expression with one group).
port_of() {
    port=''
    tries=0
    while [ -z "$port" ] && [ $tries -lt 100 ]; do
        port=$(sed -n "$2" "$1" | head -n 1)
        tries=$((tries + 1))
        [ -n "$port" ] || sleep 0.05
    done
    [ -n "$port" ]
}
stop() {
    kill "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

# Servers of ours: one a type of certificate, in every group; and one in P-384 alone.
start_patina_server() { # NAME CERT OPTION...
    server_name=$1 server_cert=$2
    shift 2
    background "$work/serve.$server_name" "$patina" serve "$work/www" --cert "$work/$server_cert.pem" \
        --key "$work/$server_cert.key" --listen 127.0.0.1:0 "$@"
    port_of "$work/serve.$server_name" 's/.*127\.0\.0\.1:\([0-9][0-9]*\).*/\1/p' &&
        say "$port" >"$work/port.$server_name"
}
start_patina_servers() {
    # Standard input that never ends, for programs that stop with it.
    mkfifo "$work/idle" && { sleep 3600 >"$work/idle" & }
    say $! >>"$work/pids"
    for cert in $certs; do
        start_patina_server "$cert" "$cert" || return 1
    done
    start_patina_server hybrid p256 --groups X25519MLKEM768 2>/dev/null || : # needs a provider with ML-KEM
    start_patina_server retry p256 --groups p384
}

# ---- A cell.

peer_cell() { # PEER ROLE GROUP CERT
    group=$3 cert=$4
    if [ "$2" = client ]; then
        port=$(cat "$work/port.$cert" 2>/dev/null) || { broken "no server of ours"; return; }
    fi
    case $1 in
    openssl30) openssl_cell "$openssl30" "$2" ;;
    openssl35) openssl_cell "$openssl35" "$2" ;;
    *) "$1_cell" "$2" ;;
    esac
}

# The client's summary names what was agreed on.
check_summary() { # GROUP
    grep -qi "$1" "$work/summary" || broken "the summary does not name $1"
}

# echo_through PORT WANTED: patina connect sends the body and gets WANTED back.
echo_through() {
    timeout 20 "$patina" connect --cafile "$work/ca.pem" --servername localhost --groups "$group" \
        "127.0.0.1:$1" <"$work/www/body" >"$work/answer" 2>"$work/summary" || {
        rc=$?
        cp "$work/summary" "$work/err"
        broken "patina connect: exit status $rc"
        return
    }
    cmp -s "$work/answer" "$2" || { broken "the body came back changed"; return; }
    check_summary "$group"
}

# The body after the head of an HTTP answer is the one we serve.
same_body() {
    cmp -s "$1" "$work/www/body" || broken "the body arrived changed"
}
strip_head() {
    awk 'body { print; next } { sub(/\r$/, "") } $0 == "" { body = 1 }' "$1" >"$2"
}
request() {
    printf 'GET /body HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
}

# ---- openssl: s_server -rev sends each line back reversed; s_client fetches.

openssl_cell() { # PROGRAM ROLE
    program=$1
    [ -n "$program" ] || { cannot "not to be had on this machine"; return; }
    if [ "$group" = X25519MLKEM768 ] && ! "$program" version | grep -Eq '^OpenSSL (3\.[5-9]|3\.[1-9][0-9]|[4-9])'; then
        cannot "OpenSSL before 3.5 has no ML-KEM"
        return
    fi
    if [ "$2" = server ]; then
        background "$work/log" "$program" s_server -accept 127.0.0.1:0 -cert "$work/$cert.pem" -key "$work/$cert.key" \
            -tls1_3 -groups "$(openssl_group "$group")" -rev
        server=$pid
        if port_of "$work/log" 's/^ACCEPT .*:\([0-9][0-9]*\)$/\1/p'; then
            echo_through "$port" "$work/reversed"
        else
            broken "s_server does not start"
        fi
        verdict=$?
        stop "$server"
        return $verdict
    fi
    request | timeout 20 "$program" s_client -connect "127.0.0.1:$port" -servername localhost -tls1_3 \
        -CAfile "$work/ca.pem" -verify_return_error -verify_hostname localhost -quiet -ign_eof \
        -groups "$(openssl_group "$group")" >"$work/answer" 2>"$work/err" || {
        broken "s_client: exit status $?"
        return
    }
    strip_head "$work/answer" "$work/got" && same_body "$work/got"
}

# ---- Go, Python, Node: small echo servers and clients of our own over their TLS.

script_cell() { # ROLE COMMAND...
    role=$1
    shift
    if [ "$role" = server ]; then
        background "$work/log" "$@" server "$work/$cert.pem" "$work/$cert.key" "$group"
        server=$pid
        if port_of "$work/log" 's/^port \([0-9][0-9]*\)$/\1/p'; then
            echo_through "$port" "$work/www/body"
        else
            cp "$work/log" "$work/err"
            broken "the peer does not start"
        fi
        verdict=$?
        stop "$server"
        return $verdict
    fi
    timeout 20 "$@" client "$work/ca.pem" "$port" "$group" >"$work/answer" 2>"$work/err" || {
        broken "the peer: exit status $?"
        return
    }
    same_body "$work/answer"
}
go_cell() {
    [ -n "$go_peer" ] || { cannot "no Go 1.24 or newer"; return; }
    script_cell "$1" "$go_peer"
}
python_cell() {
    [ -n "$python_peer" ] || { cannot "not installed"; return; }
    [ "$group" != X25519MLKEM768 ] || { cannot "Python's ssl cannot name this group"; return; }
    # shellcheck disable=SC2086  # a command of two words
    script_cell "$1" $python_peer
}
node_cell() {
    [ -n "$node_peer" ] || { cannot "not installed"; return; }
    # shellcheck disable=SC2086
    if [ "$group" = X25519MLKEM768 ] && ! $node_peer has-mlkem; then
        cannot "Node's OpenSSL has no ML-KEM"
        return
    fi
    # shellcheck disable=SC2086
    script_cell "$1" $node_peer
}

# ---- curl: a client only.

curl_cell() {
    have curl || { cannot "not installed"; return; }
    [ "$1" = client ] || { cannot "curl is no server"; return; }
    timeout 20 curl -sS --http1.1 --tlsv1.3 --cacert "$work/ca.pem" --curves "$(openssl_group "$group")" \
        "https://localhost:$port/body" --resolve "localhost:$port:127.0.0.1" -o "$work/answer" 2>"$work/err" || {
        rc=$?
        if [ "$group" = X25519MLKEM768 ] && [ $rc = 59 ]; then
            cannot "curl's library has no ML-KEM"
        else
            broken "curl: exit status $rc"
        fi
        return
    }
    same_body "$work/answer"
}

# ---- GnuTLS. Its server listens on every address, so it runs in a network of its own.

# Prints what runs a command in a network of its own: as root (who in a chroot may not make users),
# else as a user who is root in there.
private_network() {
    for alone in 'unshare -n' 'unshare -rn'; do
        if $alone ip link set lo up 2>/dev/null; then
            echo "$alone"
            return 0
        fi
    done
    return 1
}

gnutls_cell() {
    have gnutls-cli || { cannot "not installed"; return; }
    [ "$group" != X25519MLKEM768 ] || { cannot "GnuTLS before 3.8.9 has no ML-KEM"; return; }
    priority="NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+$(gnutls_group "$group")"
    if [ "$1" = server ]; then
        private_network >"$work/alone" || { cannot "no private network for a server on every address"; return; }
        cat >"$work/gnutls.sh" <<EOF
ip link set lo up
gnutls-serv --echo --crlf --quiet -p 5556 --priority '$priority' --disable-client-cert \\
    --x509certfile '$work/$cert.pem' --x509keyfile '$work/$cert.key' >'$work/log' 2>&1 <'$work/idle' &
server=\$!
tries=0
until grep -q 'Echo Server listening' '$work/log' || [ \$tries -gt 100 ]; do sleep 0.05; tries=\$((tries + 1)); done
timeout 20 '$patina' connect --cafile '$work/ca.pem' --servername localhost --groups $group 127.0.0.1:5556 \\
    <'$work/lines' >'$work/answer' 2>'$work/summary'
echo \$? >'$work/rc'
kill \$server
EOF
        # gnutls-serv drops what it has not echoed when the close_notify comes: the input ends after that.
        rm -f "$work/lines" "$work/answer" && mkfifo "$work/lines"
        { cat "$work/www/body" && await "$work/answer" "$(tail -n 1 "$work/www/body")"; } >"$work/lines" &
        # shellcheck disable=SC2046  # a command and its options
        timeout 20 $(cat "$work/alone") sh "$work/gnutls.sh"
        cp "$work/summary" "$work/err"
        cmp -s "$work/answer" "$work/www/body" || { broken "the body came back changed"; return; }
        check_summary "$group"
        return
    fi
    rm -f "$work/answer"
    { request && await "$work/answer" "$(tail -n 1 "$work/www/body")"; } | timeout 20 gnutls-cli --x509cafile "$work/ca.pem" --verify-hostname localhost \
        --logfile="$work/err" --priority "$priority" -p "$port" 127.0.0.1 >"$work/answer" 2>>"$work/err" || {
        broken "gnutls-cli: exit status $?"
        return
    }
    strip_head "$work/answer" "$work/got" && same_body "$work/got"
}

# ---- Chromium: a page, with a certificate store of its own; its groups cannot be chosen.

chromium_cell() {
    [ -n "$chromium" ] || { cannot "not installed"; return; }
    [ "$1" = client ] || { cannot "a browser is no server"; return; }
    [ "$group" = X25519MLKEM768 ] || { cannot "Chromium's groups cannot be chosen; it takes the hybrid"; return; }
    [ "$cert" != ed25519 ] || { cannot "Chromium verifies no Ed25519"; return; }
    load_page "$port"
}
