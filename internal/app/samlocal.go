package app

// hintAtTable says, where the function runs under `sam local`, how its table is started. It is for a table that could
// not be read when the function started.
func (e Environment) hintAtTable() {
	if e.Getenv("AWS_SAM_LOCAL") == "true" {
		e.Log.Error("sam local: the table could not be read; `make table` in another terminal starts it")
	}
}
