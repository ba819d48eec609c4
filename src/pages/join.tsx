import { PageTitle } from "../components/page-title.tsx";
import { JoinView } from "../features/join/join-view.tsx";
import { useJoin } from "../features/join/join-view-model.ts";
import { text } from "../shared/text/text.ts";

export default function JoinPage() {
	const model = useJoin();
	return (
		<>
			<PageTitle page={text("join.title")} />
			<JoinView {...model} />
		</>
	);
}
