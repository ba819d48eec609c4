import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration, type InteractionResults } from "oidc-provider";

/** A real OpenID provider on a port of this machine, in which one person at a time signs in. */
export interface TestIdentityProvider extends AsyncDisposable {
	readonly issuer: string;
	/** Who signs in from now on. */
	person: { readonly sub: string; readonly name: string };
	/** Whether whoever comes agrees at once, refuses at once, or is shown a page that asks. */
	answer: "agree" | "refuse" | "ask";
	/** Seconds since the Unix epoch: when its person signed in, as it says; absent: just now. */
	authenticatedAt: number | undefined;
}

export const testClient = { clientId: "kith", clientSecret: "a secret of the test's provider" };

/** `redirectUri`: the one address to which it sends anybody. */
export async function startTestIdentityProvider(redirectUri: string): Promise<TestIdentityProvider> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const running: TestIdentityProvider = {
		issuer,
		person: { sub: "subject-1", name: "Ann Archer" },
		answer: "agree",
		authenticatedAt: undefined,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const provider = new Provider(
		issuer,
		settings(redirectUri, () => running.person),
	);
	serve(server, provider, running);
	return running;
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

function serve(server: Server, provider: Provider, running: TestIdentityProvider): void {
	const answer = provider.callback();
	server.on("request", (request, response) => {
		const url = new URL(request.url ?? "/", running.issuer);
		if (!url.pathname.startsWith("/interaction/")) {
			answer(request, response);
			return;
		}
		const said = url.searchParams.get("answer") ?? running.answer;
		if (said === "ask") ask(response, running.person.name);
		else void finish(provider, running, { request, response, agrees: said === "agree" });
	});
}

function ask(response: ServerResponse, name: string): void {
	response.setHeader("content-type", "text/html; charset=utf-8");
	response.end(`<!doctype html><html lang="en"><title>The Club</title><h1>Hello ${name}</h1>
		<form><button name="answer" value="agree">Agree</button> <button name="answer" value="refuse">Refuse</button></form>`);
}

interface Interaction {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly agrees: boolean;
}

async function finish(
	provider: Provider,
	{ person, authenticatedAt }: TestIdentityProvider,
	{ request, response, agrees }: Interaction,
): Promise<void> {
	const { params } = await provider.interactionDetails(request, response);
	const grant = new provider.Grant({ accountId: person.sub, clientId: String(params["client_id"]) });
	grant.addOIDCScope(String(params["scope"]));
	const login = { accountId: person.sub, remember: false, ...(authenticatedAt && { ts: authenticatedAt }) };
	const agreed = { login, consent: { grantId: await grant.save() } };
	const result: InteractionResults = agrees ? agreed : { error: "access_denied" };
	await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
