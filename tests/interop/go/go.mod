module patina.test/interop

go 1.24
