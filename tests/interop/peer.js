// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Node's tls as a peer: `server CERT KEY GROUP` echoes what it reads and prints its port, `client
// CAFILE PORT GROUP` fetches /body and prints it, `has-mlkem` exits 0 when its OpenSSL has ML-KEM.
'use strict';
const fs = require('fs');
const https = require('https');
const tls = require('tls');

const names = {
  X25519MLKEM768: 'X25519MLKEM768', x25519: 'X25519', secp256r1: 'P-256', secp384r1: 'P-384',
};

function restrict(group) {
  return {minVersion: 'TLSv1.3', ecdhCurve: names[group]};
}

function server(cert, key, group) {
  const options = {cert: fs.readFileSync(cert), key: fs.readFileSync(key), allowHalfOpen: true, ...restrict(group)};
  const s = tls.createServer(options, (c) => {
    c.on('error', (e) => console.error(e.message));
    c.pipe(c);
  });
  s.listen(0, '127.0.0.1', () => console.log('port ' + s.address().port));
}

function fail(e) {
  console.error(e.message || e);
  process.exit(1);
}

function client(ca, port, group) {
  const options = {
    host: '127.0.0.1', port: Number(port), path: '/body', servername: 'localhost',
    ca: fs.readFileSync(ca), headers: {Host: 'localhost', Connection: 'close'}, agent: false, ...restrict(group),
  };
  https.get(options, (answer) => {
    if (answer.statusCode !== 200 || answer.socket.getProtocol() !== 'TLSv1.3') {
      fail('status ' + answer.statusCode + ', ' + answer.socket.getProtocol());
    }
    answer.pipe(process.stdout);
  }).on('error', fail);
}

function hasMlkem() {
  const [major, minor] = process.versions.openssl.split('.').map(Number);
  process.exit(major > 3 || (major === 3 && minor >= 5) ? 0 : 1);
}

const [verb, ...rest] = process.argv.slice(2);
({server, client, 'has-mlkem': hasMlkem})[verb](...rest);
