import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { AskingView } from "./asking-view.tsx";
import { useAsking } from "./asking-view-model.ts";
import { InvitationPart } from "./invitation-part.tsx";

/** What stands in the place of the conversation for whoever is not in it: an invitation, or what became of asking to join. */
export function OutsidePart({ summary }: { readonly summary: WireRoomSummary }) {
	return summary.membership === "invite" ? <InvitationPart summary={summary} /> : <AskingPart summary={summary} />;
}

function AskingPart({ summary }: { readonly summary: WireRoomSummary }) {
	return <AskingView {...useAsking(summary)} />;
}
