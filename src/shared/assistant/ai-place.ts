/** Where the model is that reads what is given to the assistant. */
export interface AiPlace {
	/** `server`: on machines of the server's owner. `device`: on this one. `network`: on another one of the person's own. */
	readonly kind: "server" | "device" | "network";
	/** What the machine is called. */
	readonly name: string;
	/** The person's server. */
	readonly server: string;
}
