import Head from "next/head";
import { JoinView } from "../features/join/join-view.tsx";
import { useJoin } from "../features/join/join-view-model.ts";
import { pageTitle } from "../shared/text/page-title.ts";
import { text } from "../shared/text/text.ts";

export default function JoinPage() {
	const model = useJoin();
	return (
		<>
			<Head>
				<title>{pageTitle(text("join.title"))}</title>
			</Head>
			<JoinView {...model} />
		</>
	);
}
