import "../styles/app.css";
import type { AppProps } from "next/app";
import dynamic from "next/dynamic";
import Head from "next/head";
import { followAppearance } from "../client/appearance/kept-appearance.ts";
import { allowOwnScripts } from "../client/security/script-addresses.ts";
import { useInsecureAddress } from "../features/insecure/insecure-view-model.ts";
import { text } from "../shared/text/text.ts";

allowOwnScripts();
followAppearance();

/** Fetched only where it is needed: hardly anybody sees it. */
const InsecureView = dynamic(() => import("../features/insecure/insecure-view.tsx").then((part) => part.InsecureView));

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
			{insecure === undefined ? <Component {...pageProps} /> : <InsecureView {...insecure} />}
		</>
	);
}
