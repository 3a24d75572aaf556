// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors

// Go's crypto/tls as a peer: `peer server CERT KEY GROUP` echoes what it reads and prints its port,
// `peer client CAFILE PORT GROUP` fetches /body and prints it. TLS 1.3 and one group, nothing else.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

var groups = map[string]tls.CurveID{
	"X25519MLKEM768": tls.X25519MLKEM768,
	"x25519":         tls.X25519,
	"secp256r1":      tls.CurveP256,
	"secp384r1":      tls.CurveP384,
}

func config(group string) (*tls.Config, error) {
	id, ok := groups[group]
	if !ok {
		return nil, errors.New("unknown group " + group)
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, CurvePreferences: []tls.CurveID{id}}, nil
}

func echo(c net.Conn) {
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.Copy(c, c); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
	}
}

func server(certFile, keyFile, group string) error {
	cfg, err := config(group)
	if err != nil {
		return err
	}
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return err
	}
	cfg.Certificates = []tls.Certificate{cert}
	l, err := tls.Listen("tcp", "127.0.0.1:0", cfg)
	if err != nil {
		return err
	}
	fmt.Printf("port %d\n", l.Addr().(*net.TCPAddr).Port)
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go echo(c)
	}
}

func client(caFile, port, group string) error {
	cfg, err := config(group)
	if err != nil {
		return err
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return err
	}
	cfg.RootCAs = x509.NewCertPool()
	if !cfg.RootCAs.AppendCertsFromPEM(pem) {
		return errors.New("no root in " + caFile)
	}
	cfg.ServerName = "localhost"
	c := http.Client{Transport: &http.Transport{TLSClientConfig: cfg}, Timeout: 15 * time.Second}
	r, err := c.Get("https://127.0.0.1:" + port + "/body")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.TLS.Version != tls.VersionTLS13 || r.StatusCode != http.StatusOK {
		return fmt.Errorf("version %x, status %d", r.TLS.Version, r.StatusCode)
	}
	_, err = io.Copy(os.Stdout, r.Body)
	return err
}

func main() {
	err := errors.New("usage: peer server CERT KEY GROUP | client CAFILE PORT GROUP")
	if len(os.Args) == 5 {
		switch os.Args[1] {
		case "server":
			err = server(os.Args[2], os.Args[3], os.Args[4])
		case "client":
			err = client(os.Args[2], os.Args[3], os.Args[4])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
