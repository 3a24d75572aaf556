# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# Python's ssl as a peer: `server CERT KEY GROUP` echoes what it reads and prints its port,
# `client CAFILE PORT GROUP` fetches /body and prints it. TLS 1.3 and one group, nothing else.
import http.client
import socket
import ssl
import sys

GROUPS = {"x25519": "X25519", "secp256r1": "prime256v1", "secp384r1": "secp384r1"}


def restrict(context, group):
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.set_ecdh_curve(GROUPS[group])
    except ssl.SSLError:
        # Python 3.11 takes curves of ECDSA only. Left alone, OpenSSL before 3.5 uses x25519.
        if group != "x25519" or ssl.OPENSSL_VERSION_INFO >= (3, 5):
            raise


def echo(connection):
    while True:
        data = connection.recv(16384)
        if not data:
            break
        connection.sendall(data)
    try:
        connection.unwrap()
    except (OSError, ssl.SSLError):
        pass
    connection.close()


def server(cert, key, group):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    restrict(context, group)
    listener = socket.create_server(("127.0.0.1", 0))
    print("port", listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        connection.settimeout(15)
        echo(context.wrap_socket(connection, server_side=True))


def client(ca, port, group):
    context = ssl.create_default_context(cafile=ca)
    restrict(context, group)
    connection = http.client.HTTPSConnection("localhost", int(port), timeout=15, context=context)
    connection.request("GET", "/body")
    answer = connection.getresponse()
    if connection.sock is not None and connection.sock.version() != "TLSv1.3":
        sys.exit("version " + str(connection.sock.version()))
    body = answer.read()
    if answer.status != 200:
        sys.exit("status " + str(answer.status))
    sys.stdout.buffer.write(body)


if __name__ == "__main__":
    {"server": server, "client": client}[sys.argv[1]](*sys.argv[2:5])
