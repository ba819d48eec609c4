import { confirmEntry, dropEntry, type Speaker, sayLine } from "../../client/console/say-line.ts";
import { clearTranscript, stopEntry, transcript } from "../../client/console/transcript.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import { useCommandField } from "./command-field-view-model.ts";
import { useContact } from "./contact-view-model.ts";
import { usePassage } from "./passage-view-model.ts";
import { showEntry } from "./shown-entry.ts";

/** The chat with the server, of whoever is signed in. */
export function useServerChat() {
	const me = useClientState((state) => state.me);
	const now = useNow();
	const entries = useObservable(transcript, (all) => all);
	const status = trpc.assistant.status.useQuery(undefined, { enabled: me !== undefined, staleTime: 60_000 });
	const contact = useContact(me?.userId);
	const passage = usePassage();
	const isOwner = me?.isOwner ?? false;
	const speaker: Speaker = { isOwner, onContact: contact.onContact };
	const onSay = (line: string): void => sayLine(line, speaker);
	const { fill, ...field } = useCommandField(isOwner, onSay);
	const origin = typeof location === "undefined" ? "" : location.origin;
	return {
		serverName: me?.serverName ?? "",
		entries: entries.map((entry) => showEntry(entry, { now, ownUserId: me?.userId, origin })),
		lead: text(isOwner ? "console.forOwner" : "console.forAnyone"),
		tries: isOwner ? ofOwner : [text("console.askDevice"), text("console.askBlock"), "/contact", "/help"],
		field,
		actions: {
			onSay,
			onFill: fill,
			onConfirm: (id: number) => void confirmEntry(id),
			onDrop: dropEntry,
			onStop: stopEntry,
			onPassage: passage.onPassage,
			onContact: contact.onContact,
			host: status.data?.host ?? "",
			canContact: !isOwner,
			chatHref: roomAddress,
		},
		onClear: clearTranscript,
		contact: contact.dialog,
		passage: passage.dialog,
	};
}

const ofOwner = ["/help", "/people", "/metrics", "/storage", "/backup", "/servers"];
