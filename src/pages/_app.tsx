import "../styles/app.css";
import type { AppProps } from "next/app";
import Head from "next/head";
import { lazy, Suspense } from "react";
import { followAppearance } from "../client/appearance/kept-appearance.ts";
import { allowOwnScripts } from "../client/security/script-addresses.ts";
import { useInsecureAddress } from "../features/insecure/insecure-view-model.ts";
import { text } from "../shared/text/text.ts";

allowOwnScripts();
followAppearance();

/** Fetched only where it is needed: hardly anybody sees it. */
const InsecureView = lazy(async () => ({
	default: (await import("../features/insecure/insecure-view.tsx")).InsecureView,
}));

export default function App({ Component, pageProps }: AppProps) {
	const insecure = useInsecureAddress();
	return (
		<>
			<Head>
				<title>{text("app.name")}</title>
				<meta
					name="viewport"
					content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
				/>
			</Head>
			{insecure === undefined ? (
				<Component {...pageProps} />
			) : (
				<Suspense>
					<InsecureView {...insecure} />
				</Suspense>
			)}
		</>
	);
}
