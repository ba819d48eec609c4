/**
 * The worker's entry. It speaks with the person's own Ollama and with nothing else: the server gives it out with a policy that
 * names this one address. What it is given stays in its memory and goes with it.
 */
import { nearAddress } from "../../../shared/near-address.ts";
import type { OwnReply, OwnRequest } from "../own-message.ts";
import { createOwnDesk } from "./own-desk.ts";
import { createOwnHost } from "./own-host.ts";

const address = nearAddress(new URL(location.href).searchParams.get("at") ?? "");
if (address === undefined) throw new Error("no address of the person's own");
const desk = createOwnDesk(createOwnHost(address.origin), address.reach);

addEventListener("message", ({ data: { id, ...call } }: MessageEvent<OwnRequest>) => {
	desk(id, call, (answer) => postMessage({ id, ...answer } satisfies OwnReply));
});
