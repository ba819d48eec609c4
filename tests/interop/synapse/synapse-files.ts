import { callSynapse, downloadFromSynapse, type SynapseCall } from "./call-synapse.ts";

/** Files as somebody of a Synapse gives and gets them: only whoever is signed in gets any. */
export const synapseFiles = ({ url, ca, token }: Required<Pick<SynapseCall, "url" | "ca" | "token">>) => ({
	upload: async (bytes: Uint8Array): Promise<string> => {
		const uploaded = await callSynapse({ url: `${url}/_matrix/media/v3/upload`, method: "POST", token, ca, bytes });
		return String(uploaded["content_uri"]);
	},
	download: async (uri: unknown): Promise<Uint8Array | undefined> => {
		const address = /^mxc:\/\/(.+)$/.exec(String(uri ?? ""))?.[1];
		if (address === undefined) return undefined;
		return downloadFromSynapse({ url: `${url}/_matrix/client/v1/media/download/${address}`, token, ca });
	},
});
