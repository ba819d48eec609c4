import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../server/trpc/app-router.ts";

type RoomInputs = inferRouterInputs<AppRouter>["rooms"];
type RoomOutputs = inferRouterOutputs<AppRouter>["rooms"];
type Inputs = inferRouterInputs<AppRouter>["accounts"];
type Outputs = inferRouterOutputs<AppRouter>["accounts"];
type PasskeyInputs = inferRouterInputs<AppRouter>["passkeys"];
type PasskeyOutputs = inferRouterOutputs<AppRouter>["passkeys"];

/**
 * The calls of the pages before the chats, in tRPC's HTTP form and typed by the router. The whole client, with
 * its links and subscriptions, would be a tenth of what those pages may weigh.
 */
export const httpClient = {
	registrationPolicy: (signal: AbortSignal): Promise<Outputs["registrationPolicy"]> =>
		call("accounts.registrationPolicy", { signal }),
	isUsernameFree: (input: Inputs["isUsernameFree"], signal: AbortSignal): Promise<Outputs["isUsernameFree"]> =>
		call("accounts.isUsernameFree", { ...post(input), signal }),
	previewInviteLink: (input: RoomInputs["previewInviteLink"]): Promise<RoomOutputs["previewInviteLink"]> =>
		call("rooms.previewInviteLink", post(input)),
	joinByInviteLink: (input: RoomInputs["joinByInviteLink"]): Promise<RoomOutputs["joinByInviteLink"]> =>
		call("rooms.joinByInviteLink", post(input)),
	register: (input: Inputs["register"]): Promise<Outputs["register"]> => call("accounts.register", post(input)),
	pendingIdentity: (signal: AbortSignal): Promise<Outputs["pendingIdentity"]> =>
		call("accounts.pendingIdentity", { signal }),
	beginPasskeySignIn: (): Promise<PasskeyOutputs["beginSignIn"]> => call("passkeys.beginSignIn", post(undefined)),
	beginPasskeySignUp: (input: PasskeyInputs["beginSignUp"]): Promise<PasskeyOutputs["beginSignUp"]> =>
		call("passkeys.beginSignUp", post(input)),
};

function post(input: unknown): RequestInit {
	return {
		method: "POST",
		headers: { "content-type": "application/json" },
		...(input !== undefined && { body: JSON.stringify(input) }),
	};
}

/** What the server refused a call with; read it through `failureOf`. */
class RefusedCall extends Error {
	readonly data: unknown;

	constructor(data: unknown) {
		super("the server refused the call");
		this.data = data;
	}
}

/** The answer as the router types it; the server has checked it against the same schema. */
async function call<Output>(path: string, init: RequestInit): Promise<Output> {
	const response = await fetch(`/api/trpc/${path}`, init);
	const body: { result: { data: Output } } | { error: { data: unknown } } = await response.json();
	if ("error" in body) throw new RefusedCall(body.error.data);
	return body.result.data;
}
