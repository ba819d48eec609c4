/** Words that are in any talk, by language: what is asked about is in the others. */
const stopWords = {
	en: "the an and or but if of to in on at by for from with without about into over than then so as is are was were be been being am do does did done has have had having will would shall should can could may might must it its this that these those there here he she they we you me him her them us my your our their his who whom whose what which when where why how not no yes any some all each every both one just only also too very up out now please tell said say says know get got go goes going don doesn didn isn aren wasn weren hasn haven ll ve re",
	de: "der die das den dem des ein eine einen einem einer eines und oder aber wenn dass ob als wie wer wen wem was wann wo warum wieso welche welcher welches ist sind war waren bin bist sein hat haben habe hast hatte hatten wird werden wurde wurden kann können konnte soll sollen muss müssen darf will wollen ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen mein dein unser euer ihre seine mit ohne von vom zu zum zur in im an am auf aus bei für nach über unter um durch vor nicht kein keine ja nein auch nur noch schon so da hier dort dann denn doch mal bitte gesagt sagt sagen",
	fr: "le la les un une des du de et ou mais si que qui quoi quel quelle quels quelles quand où comment pourquoi est sont était étaient être suis es ai as avons avez ont avait fait faire va vont aller peut pouvons je tu il elle on nous vous ils elles me te se moi toi lui leur leurs mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette ces ça dans en au aux avec sans sur sous pour par pas ne non oui plus aussi très tout tous toute dit dire",
	es: "el la los las un una unos unas de del al y o pero si que quien quién qué cuál cuáles cuándo cuando dónde donde cómo como por para con sin sobre en es son era eran ser estar está están estoy ha han he hay fue fueron tiene tienen hacer hace puede yo tú él ella nosotros ustedes ellos ellas me te se le les lo nos mi mis tu tus su sus nuestro nuestra este esta estos estas ese esa eso no sí más también muy todo todos ya dijo decir",
	it: "il lo la gli le un una uno di del della dei delle al alla ai alle da dal dalla in nel nella su sul sulla con senza per tra fra ma se che chi cosa quale quali quando dove come perché sono sei siamo era erano essere ho hai ha abbiamo hanno fa fare può io tu lui lei noi voi loro mi ti si ci vi mio mia tuo tua suo sua nostro questo questa questi quello quella non sì più anche molto tutto tutti ed detto dire",
	nl: "de het een en of maar als dat die dit deze wie wat welke welk wanneer waar waarom hoe is zijn was waren ben bent heeft hebben heb had wordt worden kan kunnen moet moeten mag zal zullen wil ik jij je hij zij ze wij we jullie mij me hem haar ons hun mijn jouw onze van voor met zonder op in aan uit bij naar over onder om door te tot niet geen ja nee ook nog al er hier daar dan toch gezegd zegt",
	pt: "os as um uma uns umas de do da dos das no na nos nas em ao aos com sem por para pelo pela mas se que quem qual quais quando onde como porque é são era eram ser estar está estão foi foram tem têm ter há fazer faz pode eu tu ele ela nós vocês eles elas me te lhe meu minha teu tua seu sua nosso nossa este esta esse essa isto isso não sim mais também muito todo todos já disse dizer",
	sv: "den det de en ett och eller men om att som vem vad vilken vilket vilka när var varför hur är vara varit har hade ha blir blev kan kunde ska skulle måste får vill jag du han hon vi ni mig dig honom henne oss er min din vår deras sin med utan från till på av för efter över under vid inte ingen ja nej också bara redan så där här då sa säger",
} as const;

const sets: readonly ReadonlySet<string>[] = Object.values(stopWords).map((words) => new Set(words.split(" ")));

/**
 * Those of a question's words that say what it is about, each once. Which language it is in, its stop words tell: those of
 * the language that has most of them are left out, of several where they have equally many. A word that is one in one
 * language may carry the meaning in another.
 */
export function tellingWords(words: readonly string[]): readonly string[] {
	const counts = sets.map((set) => words.filter((word) => set.has(word)).length);
	const most = Math.max(...counts);
	const spoken = most === 0 ? [] : sets.filter((_, index) => counts[index] === most);
	return [...new Set(words)].filter((word) => !spoken.some((set) => set.has(word)));
}
