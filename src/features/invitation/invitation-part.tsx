import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { InvitationDialogsView } from "./invitation-dialogs-view.tsx";
import { InvitationView } from "./invitation-view.tsx";
import { useInvitation } from "./invitation-view-model.ts";

/** An invitation in the place of the conversation, with the dialogs that it opens. */
export function InvitationPart({ summary }: { readonly summary: WireRoomSummary }) {
	const { dialog, dialogs, ...invitation } = useInvitation(summary);
	const { name, inviterId, ownServer } = invitation;
	return (
		<InvitationView
			{...invitation}
			dialog={
				dialog !== undefined &&
				name !== undefined &&
				inviterId !== undefined && (
					<InvitationDialogsView {...dialogs} dialog={dialog} name={name} userId={inviterId} ownServer={ownServer} />
				)
			}
		/>
	);
}
