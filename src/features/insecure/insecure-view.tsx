import { Check, type LucideIcon, ShieldAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { BrandMark } from "../../components/brand-mark.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/insecure.ts";
import { text } from "../../shared/text/text.ts";
import { proxySettings, publicAddress, trustedProxies } from "./proxy-settings.ts";

export interface InsecureProps {
	readonly host: string;
	readonly port: string;
	/** Where the server is protected, if its owner has said so. */
	readonly secureAddress: string | undefined;
	/** Absent: the server signs nobody in here. */
	readonly onContinue: (() => void) | undefined;
}

const working = ["insecure.messages", "insecure.account"] as const;
const missing = ["insecure.passkeys", "insecure.notifications", "insecure.camera"] as const;

/** The page of an address without TLS: what that means, and three ways to get it. */
export function InsecureView(props: InsecureProps) {
	return (
		<div className="board">
			<header className="board-head">
				<span className="brand">
					<BrandMark />
					{text("app.name")}
				</span>
				<p>{props.host}</p>
			</header>
			<main className="board-main board-wide">
				<section className="step" aria-labelledby="insecure-title">
					<span className="warning-mark">
						<Icon of={ShieldAlert} size={24} />
					</span>
					<h1 id="insecure-title">{text("insecure.title")}</h1>
					<p className="lead">{text("insecure.lead", { host: props.host })}</p>
					<div className="two-lists">
						<WhatList title={text("insecure.works")} icon={Check} kind="ok" items={working.map((key) => text(key))} />
						<WhatList title={text("insecure.lacks")} icon={X} kind="bad" items={missing.map((key) => text(key))} />
					</div>
					{props.secureAddress === undefined ? <Ways {...props} /> : <Elsewhere address={props.secureAddress} />}
				</section>
			</main>
		</div>
	);
}

interface WhatListProps {
	readonly title: string;
	readonly icon: LucideIcon;
	readonly kind: "ok" | "bad";
	readonly items: readonly string[];
}

function WhatList({ title, icon, kind, items }: WhatListProps) {
	return (
		<section aria-label={title}>
			<h2>{title}</h2>
			<ul>
				{items.map((item) => (
					<li key={item} className={`what-${kind}`}>
						<Icon of={icon} size={16} />
						{item}
					</li>
				))}
			</ul>
		</section>
	);
}

function Elsewhere({ address }: { readonly address: string }) {
	return (
		<>
			<p className="lead">{text("insecure.elsewhere")}</p>
			<a className="button button-primary button-large button-wide" href={address}>
				{text("insecure.go", { host: new URL(address).host })}
			</a>
		</>
	);
}

function Ways({ port, onContinue }: InsecureProps) {
	const settings = proxySettings(port);
	return (
		<>
			<h2>{text("insecure.ways")}</h2>
			<ol className="ways">
				<Way title={text("insecure.proxy")} hint={text("insecure.proxyText")}>
					{settings.caddy}
				</Way>
				<Way title={text("insecure.certificate")} hint={text("insecure.certificateText")}>
					{settings.nginx}
				</Way>
				<Way title={text("insecure.tunnel")} hint={text("insecure.tunnelText")}>
					{settings.tailscale}
				</Way>
			</ol>
			<p className="lead">{text("insecure.then")}</p>
			<pre className="code">{publicAddress}</pre>
			<p className="lead">{text("insecure.alsoTrusted")}</p>
			<pre className="code">{trustedProxies}</pre>
			{onContinue !== undefined && (
				<>
					<Button look="second" size="large" isWide onClick={onContinue}>
						{text("insecure.continue")}
					</Button>
					<p className="step-foot">{text("insecure.continueHint")}</p>
				</>
			)}
		</>
	);
}

interface WayProps {
	readonly title: string;
	readonly hint: string;
	readonly children: ReactNode;
}

function Way({ title, hint, children }: WayProps) {
	return (
		<li>
			<b>{title}</b>
			<p>{hint}</p>
			<pre className="code">{children}</pre>
		</li>
	);
}
