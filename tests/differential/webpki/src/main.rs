// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Judges the cases of generate.c by rustls-webpki: see cases.h for the form.
use std::io::BufRead;
use std::time::Duration;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

fn decode(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
        .collect()
}

fn judge(root: &str, leaf: &str, intermediate: &str) -> Result<(), webpki::Error> {
    let root = CertificateDer::from(decode(root));
    let leaf = CertificateDer::from(decode(leaf));
    let rest = [CertificateDer::from(decode(intermediate))];
    let anchors = [webpki::anchor_from_trusted_cert(&root)?];
    let leaf = webpki::EndEntityCert::try_from(&leaf)?;
    leaf.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        &rest,
        UnixTime::since_unix_epoch(Duration::from_secs(1796083200)),
        webpki::KeyUsage::server_auth(),
        None,
        None,
    )?;
    leaf.verify_is_valid_for_subject_name(&ServerName::try_from("a.test").unwrap())
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let f: Vec<&str> = line.split(' ').collect();
        match judge(f[3], f[4], f[5]) {
            Ok(()) => println!("{} ok", f[0]),
            Err(e) => {
                let text = format!("{e:?}");
                let name: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
                println!("{} no {}", f[0], name)
            }
        }
    }
}
