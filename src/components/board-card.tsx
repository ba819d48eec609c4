import Link from "next/link";
import { type ReactNode, useId } from "react";
import { text } from "../shared/text/text.ts";
import { BrandMark } from "./brand-mark.tsx";

export interface BoardCardProps {
	readonly title: string;
	readonly lead?: string | undefined;
	readonly serverName: string | undefined;
	readonly children: ReactNode;
	readonly foot?: ReactNode;
}

/** A page with one thing to do: a card on an empty wall, as for signing in. */
export function BoardCard({ title, lead, serverName, children, foot }: BoardCardProps) {
	const id = useId();
	return (
		<div className="board">
			<header className="board-head">
				<Link className="brand" href="/">
					<BrandMark />
					{text("app.name")}
				</Link>
				<p>{serverName}</p>
			</header>
			<main className="board-main">
				<section className="step" aria-labelledby={id}>
					<h1 id={id}>{title}</h1>
					{lead !== undefined && <p className="lead">{lead}</p>}
					{children}
					{foot !== undefined && foot !== false && <p className="step-foot">{foot}</p>}
				</section>
			</main>
		</div>
	);
}
