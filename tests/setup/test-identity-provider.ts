import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** A real OpenID provider on a port of this machine, in which one person at a time signs in without being asked. */
export interface TestIdentityProvider extends AsyncDisposable {
	readonly issuer: string;
	/** Who signs in from now on. */
	person: { readonly sub: string; readonly name: string };
}

export const testClient = { clientId: "kith", clientSecret: "a secret of the test's provider" };

/** `redirectUri`: the one address to which it sends anybody. */
export async function startTestIdentityProvider(redirectUri: string): Promise<TestIdentityProvider> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const running = { issuer, person: { sub: "subject-1", name: "Ann Archer" } };
	const provider = new Provider(
		issuer,
		settings(redirectUri, () => running.person),
	);
	serve(server, provider, () => running.person);
	return Object.assign(running, {
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

function settings(redirectUri: string, person: () => TestIdentityProvider["person"]): Configuration {
	const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	return {
		jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "test" }] },
		clients: [
			{
				client_id: testClient.clientId,
				client_secret: testClient.clientSecret,
				redirect_uris: [redirectUri],
				response_types: ["code"],
				grant_types: ["authorization_code"],
			},
		],
		pkce: { required: () => true },
		conformIdTokenClaims: false,
		claims: { openid: ["sub"], profile: ["name"] },
		cookies: { keys: ["a key of the test's provider"] },
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
		findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...person(), sub }) }),
	};
}

/** Whoever comes is signed in and has consented. */
function serve(server: Server, provider: Provider, person: () => TestIdentityProvider["person"]): void {
	const answer = provider.callback();
	server.on("request", (request, response) => {
		if (request.url?.startsWith("/interaction/") !== true) {
			answer(request, response);
			return;
		}
		void (async () => {
			const { params } = await provider.interactionDetails(request, response);
			const grant = new provider.Grant({ accountId: person().sub, clientId: String(params["client_id"]) });
			grant.addOIDCScope(String(params["scope"]));
			const result = { login: { accountId: person().sub, remember: false }, consent: { grantId: await grant.save() } };
			await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
		})();
	});
}
