// Gets a token with simple-oauth2, refreshes it if told to, and prints the access token:
//
//     node token.js <origin> <basic|post> <get|refresh>
//
// The variables CLIENT_ID and CLIENT_SECRET hold the credentials.
const { ClientCredentials } = require('simple-oauth2');

const [origin, authentication, what] = process.argv.slice(2);

async function main() {
  const client = new ClientCredentials({
    client: { id: process.env.CLIENT_ID, secret: process.env.CLIENT_SECRET },
    auth: { tokenHost: origin, tokenPath: '/Token' },
    options: { authorizationMethod: authentication === 'basic' ? 'header' : 'body' },
  });
  let token = await client.getToken({});
  if (what === 'refresh') {
    token = await token.refresh();
  }
  console.log(token.token.access_token);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
