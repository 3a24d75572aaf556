// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judges the cases of generate.c by Go's crypto/x509: see cases.h for the form.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"time"
)

func parse(text string) (*x509.Certificate, error) {
	der, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return x509.ParseCertificate(der)
}

func reason(err error) string {
	switch e := err.(type) {
	case x509.CertificateInvalidError:
		return fmt.Sprintf("invalid-%d", e.Reason)
	case x509.HostnameError:
		return "hostname"
	case x509.UnknownAuthorityError:
		return "unknown-authority"
	case x509.UnhandledCriticalExtension:
		return "critical-extension"
	}
	return "other"
}

func judge(f []string) string {
	var certs [3]*x509.Certificate
	for i := range certs {
		c, err := parse(f[3+i])
		if err != nil {
			return "no parse"
		}
		certs[i] = c
	}
	roots, rest := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(certs[0])
	rest.AddCert(certs[2])
	_, err := certs[1].Verify(x509.VerifyOptions{DNSName: "a.test", Roots: roots, Intermediates: rest,
		CurrentTime: time.Unix(1796083200, 0)})
	if err != nil {
		return "no " + reason(err)
	}
	return "ok"
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		f := strings.Fields(in.Text())
		fmt.Fprintln(out, f[0], judge(f))
	}
}
