import { Unlink } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "../components/empty-state.tsx";
import { text } from "../shared/text/text.ts";

export default function MissingPage() {
	return (
		<main className="board page-alone">
			<div className="card note">
				<EmptyState
					level={1}
					icon={Unlink}
					title={text("page.missingTitle")}
					text={text("page.missingText")}
					action={
						<Link className="button button-second" href="/chat">
							{text("nav.toChats")}
						</Link>
					}
				/>
			</div>
		</main>
	);
}
