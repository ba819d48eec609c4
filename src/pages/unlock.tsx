import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { UnlockView } from "../features/recovery/unlock-view.tsx";
import { useUnlock } from "../features/recovery/unlock-view-model.ts";
import { ApprovalPart } from "../features/shell/verification/approval-part.tsx";
import { text } from "../shared/text/text.ts";

function UnlockPage() {
	const model = useUnlock();
	return (
		<>
			<PageTitle page={text("unlock.title")} />
			{model.kind === "approving" ? <ApprovalPart {...model} /> : <UnlockView {...model} />}
		</>
	);
}

export default trpc.withTRPC(UnlockPage);
