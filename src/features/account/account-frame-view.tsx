import Link from "next/link";
import { type ReactNode, useId } from "react";
import { BrandMark } from "../../components/brand-mark.tsx";
import "../../shared/text/en/account.ts";
import { text } from "../../shared/text/text.ts";

export interface AccountFrameProps {
	readonly title: string;
	readonly lead?: string | undefined;
	readonly serverName: string | undefined;
	readonly children: ReactNode;
	readonly foot?: ReactNode;
}

/** The card in which people sign in and sign up. */
export function AccountFrameView({ title, lead, serverName, children, foot }: AccountFrameProps) {
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
					{foot !== undefined && <p className="step-foot">{foot}</p>}
				</section>
			</main>
		</div>
	);
}
