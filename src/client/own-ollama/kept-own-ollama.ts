import type { OwnSettings } from "./own-settings.ts";

/** What is kept of the person's own Ollama, in this browser alone. It lies sealed, for the secret in it. */
export interface KeptOwnOllama extends OwnSettings {
	readonly id: "settings";
}
