// Package api is the service as an http.Handler: it finds the route, checks who is calling, reads the
// update, has it carried out and answers with the published envelope (contract section 5, 10 to 15, and
// its error table).
//
// It knows HTTP and the contract. It does not know API Gateway, Lambda or DynamoDB.
package api
