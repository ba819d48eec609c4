import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { RecoveryKeyView } from "../features/recovery/recovery-key-view.tsx";
import { useRecoveryKey } from "../features/recovery/recovery-key-view-model.ts";
import { text } from "../shared/text/text.ts";

function RecoveryKeyPage() {
	const model = useRecoveryKey();
	return (
		<>
			<PageTitle page={text("recoveryKey.key")} />
			<RecoveryKeyView {...model} />
		</>
	);
}

export default trpc.withTRPC(RecoveryKeyPage);
