package client_test

import (
	"encoding/base64"
	"encoding/binary"
	"testing"
)

// taggedHashes are hashes of importedSecret. libxcrypt made the bcrypt one, Python's hashlib the others, in the layout
// that ASP.NET Identity documents.
var taggedHashes = map[string]string{
	"bcrypt 6, 2b":      "bcrypt:$2b$06$abcdefghijklmnopqrstuuv626KWUAtGOjN1ZiuZCR6XtGklvvt52",
	"bcrypt 5, 2y":      "bcrypt:$2y$05$abcdefghijklmnopqrstuuZ.0GOEbuy3pXSeF/5PQAQKXhFgSA152",
	"aspnet 2":          "aspnet:ADAxMjM0NTY3ODlhYmNkZWa2sAVwsPCEaVdPr5gPE8NfcUFsgNmJ4pa4BNrPavALSA==",
	"aspnet 3, SHA-256": "aspnet:AQAAAAEAACcQAAAAEDAxMjM0NTY3ODlhYmNkZWZMD/Prg77ouEbcHrOD0vFa6zFd0MEwtWGV0NLO0OPlsA==",
	"aspnet 3, SHA-512": "aspnet:AQAAAAIAAYagAAAAEDAxMjM0NTY3ODlhYmNkZWZRtD0+BUkrp5k17BeQA21Q+k3vvztPFT5isCmW7IUUNw==",
	"SHA-256, hex":      "sha256:463b5ccc3d14f8ffb53a609717b49f17944a1221ffc16f11e055e38e022c8ee5",
	"SHA-256, capitals": "sha256:463B5CCC3D14F8FFB53A609717B49F17944A1221FFC16F11E055E38E022C8EE5",
	"SHA-256, base64":   "sha256:RjtczD0U+P+1OmCXF7SfF5RKEiH/wW8R4FXjjgIsjuU=",
	"SHA-256, unpadded": "sha256:RjtczD0U+P+1OmCXF7SfF5RKEiH/wW8R4FXjjgIsjuU",
	"salt first, hex":   "sha256-salt-first:MDEyMzQ1Njc4OWFiY2RlZg==:b7720ae5ea93d9d0ecccd2fc1e25f5788312efa8f869277acd6df34fe8c89df9",
	"salt last, base64": "sha256-salt-last:MDEyMzQ1Njc4OWFiY2RlZg==:pC03acAhXA0o43I54EexlJ65NLWF95HLPQ/cnmeMw5Y=",
}

// identity is a hash in the layout of ASP.NET Identity's version 3.
func identity(t *testing.T, function, iterations, salt, key int) string {
	t.Helper()
	b := []byte{1}
	for _, n := range []int{function, iterations, salt} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return base64.StdEncoding.EncodeToString(append(b, make([]byte, salt+key)...))
}
