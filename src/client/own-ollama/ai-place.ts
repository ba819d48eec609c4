import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { nearAddress } from "../../shared/near-address.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { WireAssistantPolicy } from "../../shared/wire/assistant.ts";
import { clientStore } from "../store/client-store.ts";
import { type OwnOllama, ownOllama } from "./own-settings.ts";

/** Where what is given to the assistant goes, as the person chose. */
export function placeOf(own: OwnOllama, server: string): AiPlace {
	if (own.kind === "none") return { kind: "server", name: server, server };
	const near = own.kind === "set" ? nearAddress(own.settings.origin) : undefined;
	if (near?.reach === "network") return { kind: "network", name: near.host, server };
	return { kind: "device", name: text("assistant.device"), server };
}

/** The same, as of now. */
export function placeNow(): AiPlace {
	return placeOf(ownOllama.get(), clientStore.get().me?.serverName ?? "");
}

/**
 * Whether a room's policy lets its messages be given to an AI there. What nobody chose is off in encrypted rooms because what is
 * given leaves the encryption: on this device it does not. What somebody chose holds everywhere.
 */
export function isAllowedAt(
	{ kind }: Pick<AiPlace, "kind">,
	{ policy, isDefault }: { readonly policy: WireAssistantPolicy; readonly isDefault: boolean },
): boolean {
	return policy !== "off" || (isDefault && kind === "device");
}
