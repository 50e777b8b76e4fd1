// From client/ by tools/bundle.mjs
"use strict";
(()=>{var mmu=globalThis.mmu??={};var{FilterError,Index,allOf,anyOf,beginsAt,bound,check,evaluate,fold,indexOf,labelOf,leaves,option,parse,toText,venueLabel}=globalThis.
mmu.query;var{records,shortened,summary,tagParts,titleParts}=globalThis.mmu.records;var WORD=/[\p{L}\p{N}]+/gu,HYPHEN=/[-’'‐‑](?! )/,SIGNS=/[^\p{L}\p{N}]+/gu,COMPOUND=/[\p{L}\p{N}]+(?:[-’'‐‑][\p{L}\p{N}]+)+/gu,
words=text=>{let found=[];return each(fold(text),word=>found.push(word)),found},END="",OTHER=/[\p{L}\p{N}]/u;function each(text,act){
for(let from=-1,at=0;at<=text.length;at++){let sign=at<text.length?text.charCodeAt(at):32,inside=sign>96&&sign<123||sign>
47&&sign<58||sign>127&&isLetter(text,at,sign);inside&&from<0?from=at:!inside&&from>=0&&(act(text.slice(from,at)),from=-1),
sign===127&&act("")}}var letters=new Map;function isLetter(text,at,sign){let whole=sign>=55296&&sign<57344?text.codePointAt(
sign<56320?at:at-1):sign;return letters.has(whole)||letters.set(whole,OTHER.test(String.fromCodePoint(whole))),letters.get(
whole)}var QUESTION=new Set(`a about am an and any are as at be been but by can could did do does for from had has have \
how i
if in into is it its me more my need not of on one or our shall should so some such than that the their them then there
these they this those to too use used using was we were what when where which who whom whose why will with would you
your vs via per mean means meant meaning definition define defined explain explained needed required`.split(/\s+/)),FORMS={
erasure:"eras",erasures:"eras",eraser:"eras",erasers:"eras",forgot:"forget",forgotten:"forget",learnt:"learn",learned:"l\
earn",unlearnt:"unlearn",unlearned:"unlearn",learns:"learn",analyses:"analys",analysis:"analys",criteria:"criterion",indices:"\
index",data:"data",bias:"bias",biases:"bias",gone:"go"},ENDINGS=[[/(?<=[^aeiou].*)(?:isation|ization)s?$/,"iz"],[/(?<=.{3})(?:ations?|ated|ates?|ating|ative|atives)$/,
""],[/(?<=.{2})ies$/,"y"],[/(?<=(?:ss|sh|ch|x|zz))es$/,""],[/(?<=.{2}[^sui])s$/,""],[/(?<=.{3})(?:ings?|ed|edly|ingly)$/,
""],[/(?<=.{3}[st])ions?$/,""],[/(?<=.{4})(?:ness|ment|ments)$/,""],[/(?<=.{4})ly$/,""],[/(?<=[bdfgklmnprtv])our$/,"or"],
[/(?<=.{2})is(?=e?$)/,"iz"],[/(?<=.{2})(?:(?<!ett)e|y)$/,""],[/([bdgklmnprt])\1$/,"$1"]],stems=new Map;function stem(word){
let found=stems.get(word);if(found===void 0){if(found=Object.hasOwn(FORMS,word)?FORMS[word]:word,found===word&&word.length>
3&&!/\d/.test(word))for(let[end,by]of ENDINGS)found=found.replace(end,by);stems.set(word,found)}return found}var stemmed=text=>words(
text).map(stem).join(" ");function isNear(word,other,most,open){let width=other.length,last=[],row=Array.from({length:width+
1},(_,i)=>i);for(let i=1;i<=word.length;i++){let next=[i],best=i;for(let j=1;j<=width;j++){let cost=Math.min(next[j-1]+1,
row[j]+1,row[j-1]+ +(word[i-1]!==other[j-1]));i>1&&j>1&&word[i-1]===other[j-2]&&word[i-2]===other[j-1]&&(cost=Math.min(cost,
last[j-2]+1)),next.push(cost),cost<best&&(best=cost)}if(best>most)return 0;[last,row]=[row,next]}let edits=open?Math.min(
...row.slice(word.length-most)):row[width];return edits<=most?edits||1:0}function lettersOf(word){let mask=0;for(let i=0;i<
word.length;i++)mask|=1<<(word.charCodeAt(i)&31);return mask}function bits(mask){let n=0;for(let rest=mask;rest;rest&=rest-
1)n++;return n}var WEIGHTS={name:10,title:6,alias:5,people:5,venue:3,tag:2.5,within:1.2,field:1,text:1},FIELDS=Object.keys(
WEIGHTS),WEIGHT=FIELDS.map(name=>WEIGHTS[name]),NUMBER=Object.fromEntries(FIELDS.map((name,n)=>[name,n])),TEXT=NUMBER.text,
SHIFT=4,SATURATION=6,LENGTH=.5,INFIX=4,FUZZY=4,KEPT=40,TWO_SLIPS=8,Index2=class{#ids=new Map;#words=[];#at=new Uint32Array(
65536);#places=new Uint32Array(65536);#n=0;constructor(size){this.size=size,this.lengths=new Uint32Array(size),this.starts=
this.postings=new Uint32Array,this.mean=1,this.stems=null}#id(word){let id=this.#ids.get(word);return id===void 0&&this.#ids.
set(word,id=this.#words.push(word)-1),id}#put(id,place){this.#n===this.#at.length&&([this.#at,this.#places]=[this.#at,this.#places].
map(grown)),this.#at[this.#n]=id,this.#places[this.#n++]=place}add(document,field,text){if(!text)return;let folded=fold(
text),place=document<<SHIFT|NUMBER[field],before=this.#n;each(folded,word=>this.#put(this.#id(word),place)),NUMBER[field]===
TEXT?this.lengths[document]+=this.#n-before:this.#join(folded,place)}#join(folded,place){if(HYPHEN.test(folded))for(let[
compound]of folded.matchAll(COMPOUND))this.#put(this.#id(compound.replace(SIGNS,"")),place)}addTo(documents,field,text){
let ids=words(text).map(word=>this.#id(word));for(let document of documents)for(let id of ids)this.#put(id,document<<SHIFT|
NUMBER[field])}addAll(first,field,{text,values,numbers}){if(text===void 0){let of=values.map(()=>[]);for(let i=0;i<numbers.
length;i++)of[numbers[i]].push(first+i);values.forEach((value,n)=>this.addTo(of[n],field,value));return}let folded=fold(
text),document=first;each(folded,word=>{word?this.#put(this.#id(word),document<<SHIFT|NUMBER[field]):document++}),HYPHEN.
test(folded)&&folded.split(END).forEach((one,i)=>one&&this.#join(one,first+i<<SHIFT|NUMBER[field]))}close(){let count=this.#words.
length,starts=new Uint32Array(count+1);for(let i=0;i<this.#n;i++)starts[this.#at[i]+1]++;for(let i=0;i<count;i++)starts[i+
1]+=starts[i];let next=starts.slice(),postings=new Uint32Array(this.#n);for(let i=0;i<this.#n;i++)postings[next[this.#at[i]]++]=
this.#places[i];let texts=this.lengths.filter(Boolean),mean=texts.reduce((sum,n)=>sum+n,0)/(texts.length||1);this.starts=
starts,this.postings=postings,this.mean=mean||1,this.#at=this.#places=new Uint32Array}stemmed(name){return this.#stems.get(
name)??[]}get#stems(){if(this.stems)return this.stems;let stems2=this.stems=new Map;return this.#words.forEach((word,id)=>{
let name=stem(word),ids=stems2.get(name);ids?ids.push(id):stems2.set(name,[id])}),stems2}like(word,begun){let found=new Map,
put=(id,worth)=>{found.get(id)>=worth||found.set(id,worth)},own=this.#ids.get(word);own!==void 0&&put(own,1);for(let id of this.#stems.
get(stem(word))??[])put(id,.9);let exact=found.size>0,within=word.length>=INFIX;return(begun||within)&&this.#words.forEach(
(other,id)=>{let at=other.length>word.length?other.indexOf(word):-1;at===0?put(id,(begun?.7:.4)*(.4+.6*word.length/other.
length)*(exact?.5:1)):at>0&&within&&put(id,.25*word.length/other.length)}),found.size?{found,guessed:!1}:{found:this.near(
word,begun),guessed:!0}}near(word,begun){let found=new Map,most=word.length<FUZZY?0:word.length<TWO_SLIPS?1:2,letters2=lettersOf(
word);if(!most||/^\d+$/.test(word))return found;this.#words.forEach((other,id)=>{let longer=other.length-word.length,open=begun&&
longer>most;if(longer<-most||longer>most&&!open||other.length<FUZZY-1||(this.#masks??=Uint32Array.from(this.#words,lettersOf),
bits(letters2&~this.#masks[id])>most))return;let edits=isNear(word,open?other.slice(0,word.length+most):other,most,open);
edits&&found.set(id,(edits===1?.6:.3)*(open?.5:1)*(word[0]===other[0]?1:.6))});let best=Math.max(...found.values());return new Map(
[...found].filter(([,worth])=>worth>=best/3))}#masks=null;scores(like){let score=new Float32Array(this.size),{starts,postings,
lengths,mean}=this,held=0;for(let id of like.keys())held+=this.#documents(id);let rare=Math.log(1+(this.size+.5)/(Math.min(
held,this.size)+.5));for(let[id,worth]of like){let end=starts[id+1];for(let i=starts[id];i<end;){let place=postings[i],from=i;
for(;i<end&&postings[i]===place;)i++;let document=place>>SHIFT,field=place&(1<<SHIFT)-1,often=i-from>1?1+Math.log(i-from):
1;score[document]+=worth*WEIGHT[field]*often/(field===TEXT?1-LENGTH+LENGTH*lengths[document]/mean:1)}}for(let i=0;i<score.
length;i++)score[i]&&(score[i]=rare*score[i]/(score[i]+SATURATION));return Object.assign(score,{rare})}#documents(id){let n=0,
last=-1;for(let i=this.starts[id];i<this.starts[id+1];i++){let document=this.postings[i]>>SHIFT;document!==last&&n++,last=
document}return n}word(id){return this.#words[id]}often(id){return this.starts[id+1]-this.starts[id]}},grown=array=>{let more=new Uint32Array(
array.length*2);return more.set(array),more},NEGATION=/^(?:without|no|not) /,Synonyms=class{#of=new Map;longest=0;add(names){
let phrases=[...new Set(names.map(stemmed))].filter(Boolean);for(let phrase of phrases)for(let other of phrases)other!==
phrase&&!NEGATION.test(other)&&(this.#of.has(phrase)||this.#of.set(phrase,new Set),this.#of.get(phrase)?.add(other),this.
longest=Math.max(this.longest,phrase.split(" ").length))}within(stems2){let found=[];for(let from=0;from<stems2.length;from++)
for(let to=from+1;to<=Math.min(stems2.length,from+this.longest);to++){let phrase=stems2.slice(from,to),kept=[...this.#of.
get(phrase.join(" "))??[]].map(other=>other.split(" ")).filter(other=>!other.every(word=>phrase.includes(word)));kept.length&&
found.push({from,to,others:kept})}return found}};function asked(text){let every=words(text),kept=every.filter(word=>!QUESTION.
has(word)),list=kept.length?kept:every,begun=list.length>0&&!/[^\p{L}\p{N}]$/u.test(text)&&list.at(-1)===every.at(-1),meaning=/^\W*(?:what(?:'s| is| are| does)|define|definition|meaning)\b/i.
test(text);return{every,list,begun,meaning,question:!meaning&&/^\W*(?:how|why|who|which|where|when|what|can|does|do)\b/i.
test(text)}}var Engine=class{constructor(index,synonyms){this.index=index,this.synonyms=synonyms}#known=new Map;#once(name,make){
let known=this.#known.get(name)??make();return this.#known.delete(name),this.#known.set(name,known),this.#known.size>KEPT&&
this.#known.delete(this.#known.keys().next().value),known}#asked(word,begun){return this.#once(`${word}${begun?"*":""}`,
()=>{let{found,guessed}=this.index.like(word,begun);return{found,guessed,scores:this.index.scores(found)}})}#stem(name){
return this.#once(`~${name}`,()=>{let found=new Map(this.index.stemmed(name).map(id=>[id,1]));return{found,scores:this.index.
scores(found)}})}words(list,begun,all=!1){let made2=list.map((word,n)=>({...this.#asked(word,begun&&(all||n===list.length-
1))}));for(let n=1;n<list.length;n++)this.#joined(list[n-1]+list[n],made2.slice(n-1,n+1));for(let{from,to,others}of this.
synonyms.within(list.map(stem))){let other=this.#phrases(others);if(other.found.size)for(let one of made2.slice(from,to)){
let{scores}=one;one.scores=Object.assign(scores.slice(),{rare:scores.rare});for(let i=0;i<scores.length;i++).8*other.scores[i]>
scores[i]&&(one.scores[i]=.8*other.scores[i]);one.also=new Map([...one.also??[],...other.found]),one.guessed=!1}}return made2}#joined(word,two){
let{found,guessed}=this.#asked(word,!1),whole=guessed?[]:[...found].filter(([,worth])=>worth>.5);if(whole.length)for(let one of two)
one.found=new Map([...one.guessed?[]:one.found,...whole]),one.guessed=!1,one.scores=this.index.scores(one.found)}#phrases(phrases){
let{index}=this,best=new Float32Array(index.size),all=new Map;for(let phrase of phrases){let parts=phrase.map(name=>this.#stem(
name));if(!parts.some(({found})=>!found.size)){for(let i=0;i<best.length;i++){let sum=0;for(let{scores}of parts){if(!scores[i]){
sum=0;break}sum+=scores[i]}sum&&(best[i]=Math.max(best[i],sum/parts.length))}for(let{found}of parts)for(let[id,worth]of found)
all.set(id,worth)}}return{scores:best,found:all}}meant(word,{guessed,found}){let[[id]=[]]=guessed?[...found].sort(([a,x],[
b,y])=>y-x||this.index.often(b)-this.index.often(a)):[];return id===void 0?word:this.index.word(id)}found(made2){let found=new Map;
return made2.forEach(({found:own,also},n)=>{for(let[id,worth]of[...own,...also??[]]){let word=this.index.word(id);found.
get(word)?.worth>=worth||found.set(word,{n,worth})}}),found}};function addPapers(index,{papers:papers2,facets,columns,searched,
fieldNames},fields=[],first=0){let text=name=>columns.text(name)??{text:papers2.map(paper=>String(paper[name]??"").replaceAll(
END," ")).join(END)};for(let[name,field]of[["short","name"],["title","title"],["vt","venue"],["date","field"],["words","\
field"],["type","field"],["links","field"]])index.addAll(first,field,text(name));index.addAll(first,"people",text("autho\
r")),index.addAll(first,"field",text("venue")),papers2.forEach((paper,i)=>index.add(first+i,"field",paper.key)),papers2.
some(paper=>paper.abs)&&papers2.forEach((paper,i)=>index.add(first+i,"text",paper.abs));for(let name of new Set([...searched,
...fields]))fieldNames.has(name)&&papers2.forEach((paper,i)=>index.add(first+i,"text",paper.field(name)));let tagged=new Map;
for(let{name}of facets){let{lists,numbers}=columns.values(name)??{lists:[],numbers:[]};for(let i=0;i<numbers.length;i++)
for(let value of lists[numbers[i]]){let tag=`${name}:${value}`,held=tagged.get(tag);held?held.push(first+i):tagged.set(tag,
[first+i])}}for(let facet of facets){let byValue=new Map(facet.values.map(v=>[v.value,v])),own=[...tagged].filter(([tag])=>tag.
startsWith(`${facet.name}:`));for(let[tag,documents]of own){let parts=tag.slice(facet.name.length+1).split("/"),names=parts.
flatMap((_,n)=>{let known=byValue.get(parts.slice(0,n+1).join("/"));return known?[[known.label,(known.aliases??[]).join(
`
`),facet.numbered&&!n?String(known.order):""]]:[]});facet.summary&&facet.verb&&index.addTo(documents,"field",facet.verb),
index.addTo(documents,"tag",names.map(([label])=>label).join(`
`)),index.addTo(documents,"field",names.map(([,...others])=>others.join(`
`)).join(`
`))}}}function synonymsOf(facets){let made2=new Synonyms;for(let{values}of facets)for(let{label,aliases}of values)aliases.
length&&made2.add([label,...aliases]);return made2}var Papers=class extends Engine{constructor(data,fields){super(new Index2(
data.papers.length),synonymsOf(data.facets)),addPapers(this.index,data,fields),this.index.close(),this.data=data,this.shown=
new Map,this.names=null}ask(texts){let every=texts.map(words),some=every.flat().some(word=>!QUESTION.has(word)),parts=every.
map(part=>some?part.filter(word=>!QUESTION.has(word)):part),list=parts.flat(),made2=list.length?this.words(list,!0,!0):[],
{index:{size}}=this,at=0,masks=parts.map(part=>{let own=made2.slice(at,at+=part.length).map(({scores})=>scores),mask=new Uint8Array(
size);for(let i=0;i<size;i++)mask[i]=+own.every(scores=>scores[i]);return mask});at=0;let guessed=parts.map(part=>made2.
slice(at,at+=part.length).some(one=>one.guessed));return{masks,guessed,order:hits=>this.#order(hits,list,made2)}}#order(hits,list,made2){
let score=new Float32Array(this.index.size),phrase=list.map((word,n)=>stem(this.meant(word,made2[n]))).join(" ");for(let{
scores}of made2)for(let i=0;i<score.length;i++)score[i]+=scores[i];let sorted=[...hits].sort((a,b)=>score[b]-score[a]);return sorted.
slice(0,LISTED).forEach((i,n)=>{score[i]*=called(this.#shown(i),phrase,phrase,n<READ)}),[...sorted.splice(0,LISTED).sort(
(a,b)=>score[b]-score[a]),...sorted]}#shown(i){return this.shown.has(i)||this.shown.set(i,new PaperFound(i,this.data.papers[i],
{paper:"",explorer:""},this.data.searched)),this.shown.get(i)}offers(text,hits){let people=hits.slice(0,READ).flatMap(i=>this.
data.papers[i].authors);return(this.names??=new Names(this.data)).offers(words(text),people)}},collections=new Map;function papers(name,fields=[]){
let data=records(name);return data&&!collections.has(name)&&collections.set(name,new Papers(data,fields)),collections.get(
name)??null}var WORTH={paper:1,term:1.1,glossary:1,entry:.95,section:.85,list:.8,page:.7,work:.5,guide:.3},GROUPS=Object.
keys(WORTH),TO_GUIDES=/\b(?:directive|directives|role|roles|option|options|sphinx|conf|myst|extension|install|command line|toml|bibtex|add a paper|contribute|guide|mmu\w*)\b/i,
KIND=1.5,LISTED=100,READ=40,Site=class extends Engine{constructor(data,records2){let papers2=records2?.papers??[],given=data.
documents,synonyms=synonymsOf(records2?.facets??[]);for(let names of data.synonyms)synonyms.add(names);super(new Index2(
papers2.length+given.length),synonyms),this.data=data,this.records=records2,this.explorer=data.explorer,this.names=null,
this.documents=[...papers2.map((paper,n)=>new PaperFound(n,paper,data,records2?.searched??[])),...given.map((row,n)=>new Thing(
papers2.length+n,row,data))],this.groups=Uint8Array.from(this.documents,({group})=>GROUPS.indexOf(group)),records2&&addPapers(
this.index,records2);for(let{n,paper,title,names,within,text,label}of this.documents)if(!paper){this.index.add(n,"title",
title);for(let name of names)this.index.add(n,"alias",name);this.index.add(n,"within",`${within}
${label}`),this.index.add(n,"text",text)}this.index.close()}search(text,most=LISTED){let{list,every,begun,meaning,question}=asked(
text);if(!list.length)return{hits:[],count:0,offers:[],known:!0};let made2=this.words(list,begun),found=this.found(made2),
guides=TO_GUIDES.test(text),meant=new Map(list.map((word,n)=>[word,this.meant(word,made2[n])])),stems2=of=>of.map(word=>stem(
meant.get(word)??word)).join(" "),{hits,count}=this.#best(made2,group=>(group==="guide"&&guides?1.1:WORTH[group])*(meaning&&
(group==="term"||group==="glossary")||question&&(group==="section"||group==="page")?1.5:1)),phrase=stems2(list),whole=stems2(
every),said=new Set(phrase.split(" ")),named=({paper,label})=>!paper&&said.size>1&&said.has(stemmed(label));hits.forEach(
(hit,n)=>{hit.score*=called(hit.document,phrase,whole,n<READ)*(named(hit.document)?KIND:1)}),hits.sort((a,b)=>b.score-a.
score||newer(b.document,a.document));let some=hits.some(hit=>hit.all),kept=hits.filter(hit=>hit.all||!some||hit.score>hits[0].
score/2);for(let hit of kept)hit.words=found;let people=kept.slice(0,READ).flatMap(({document})=>document.paper?.authors??
[]);return{hits:kept.slice(0,most),count:Math.max(count,kept.length),offers:this.offers(every,people),known:made2.every(
({guessed})=>!guessed)}}#best(made2,worth){let{documents,groups}=this,{length}=documents,worths=Float32Array.from(GROUPS,
worth),score=new Float32Array(length),part=new Float32Array(length),held=new Uint8Array(length),total=0,count=0;for(let{
scores}of made2){let{rare}=scores;total+=rare;for(let n=0;n<length;n++)scores[n]&&(score[n]+=scores[n],part[n]+=rare,held[n]++)}
for(let n=0;n<length;n++)held[n]&&(score[n]*=worths[groups[n]]*(part[n]/total)**2,count+=+(held[n]===made2.length));let least=length>
LISTED?score.slice().sort()[length-LISTED]:0,hits=[];for(let n=0;n<length;n++)score[n]&&score[n]>=least&&hits.push({document:documents[n],
score:score[n],all:held[n]===made2.length,words:new Map});return{hits:hits.sort((a,b)=>b.score-a.score).slice(0,LISTED),
count}}offers(every,people){return this.explorer&&this.records?(this.names??=new Names(this.records)).offers(every,people):
[]}},newer=(a,b)=>(a.paper?.date??"")<(b.paper?.date??"")?-1:1;function called(document,phrase,whole,read){document.called??=
[document.title,...document.names].map(stemmed),document.also??=document.paper?[document.paper.vt,...document.paper.authors].
map(stemmed):[];let{called:names,also}=document,asked2=new Set(whole.split(" "));if(names.some(name=>name===phrase||name===
whole))return 3;let likeness=1+Math.max(...names.map(name=>name.split(" ")).map(name=>name.filter(word=>asked2.has(word)).
length/name.length))/2;if(also.some(name=>name===phrase)||names.some(name=>name.startsWith(`${phrase} `)))return 1.5*likeness;
if(names.some(name=>` ${name} `.includes(` ${phrase} `)))return 1.3*likeness;if(!read||!whole.includes(" "))return likeness;
let text=` ${document.stems??=stemmed(document.text)} `;return likeness*(text.includes(` ${whole} `)?1.5:text.includes(`\
 ${phrase} `)?1.2:1)}var Found=class{constructor(n,group){this.n=n,this.group=group,this.called=null,this.also=null,this.
stems=null}},Thing=class extends Found{constructor(n,[group,label,within,address,title,names,text],{groups,labels,pages}){
super(n,groups[group]),this.paper=null,this.label=labels[label],this.within=pages[within],this.address=address,this.title=
title,this.names=names,this.text=text}},PaperFound=class extends Found{constructor(n,paper,data,searched){super(n,"paper"),
this.paper=paper,this.data=data,this.searched=searched}get label(){return this.data.paper}get within(){return""}get title(){
return this.paper.title}get names(){return[this.paper.short||this.paper.label]}get text(){return[this.paper.abs,...this.
searched.map(name=>this.paper.field(name))].filter(Boolean).join(`
`)}get address(){let{paper:{url,key,links},data:{explorer}}=this;return url||(explorer?`${explorer}#${encodeURIComponent(
key)}`:links[0]?.url??"")}},FILLERS=new Set([...QUESTION,"paper","work","article"].map(stem)),PUBLISHED=stem("published"),
HAVING={code:["open source","open source code","source code","public code"],data:["public data"]},YEAR="((?:19|20)\\d\\d)",
FROM=new Map([[stem("since"),0],[stem("after"),1]]),TO=new Map([[stem("until"),0],[stem("to"),0],[stem("before"),1]]),BOUND=new RegExp(
`^(${[...FROM.keys(),...TO.keys()].join("|")}) ${YEAR}$`),BETWEEN=new RegExp(`^(?:from |between )?${YEAR}(?: (?:to|until\
|and))? ${YEAR}$`),MOST_NAMED=12,Names=class{#known=new Map;#people=new Map;#index;#fillers;constructor(data){let{facets,
kinds,columns}=data,index=indexOf(data);for(let value of columns.text("venue")?.values??[]){let[short,long]=value.split(
`
`);for(let name of[short,long])short&&this.#put(name,"venue",short)}for(let{name,values}of facets)for(let{value,label,aliases}of values)
for(let one of[label,...aliases])this.#put(one,name,value);for(let value of index.values("venue"))this.#put(venueLabel(value),
"venue",value);for(let{name,label,rank}of kinds)if(!rank)for(let one of[label,...HAVING[name]??[]])this.#put(one,"has",name);
this.#fillers=new Set([...FILLERS,PUBLISHED,...facets.map(facet=>stemmed(facet.label))]),this.#index=index}#put(name,facet,value,known=this.#known){
let words2=stemmed(name);words2&&!known.has(words2)&&known.set(words2,{facet,value})}#read(stems2){for(let to=stems2.length;to;to--){
let found=this.#conditions(stems2.slice(0,to).join(" ")),rest=found&&this.#read(stems2.slice(to));if(rest)return[...found,
...rest]}return stems2.length?null:[]}#conditions(name){let known=this.#known.get(name)??this.#people.get(name)??years(name);
if(known)return[known];let left=NEGATION.test(name)&&this.#known.get(name.replace(NEGATION,""));return left?[{...left,not:!0}]:
this.#fillers.has(name)?[]:null}offers(every,people){this.#people=new Map;for(let name of people)this.#put(name,"author",
name,this.#people);let stems2=every.map(stem),found=stems2.length>MOST_NAMED?null:this.#read(stems2),published=stems2.includes(
PUBLISHED);if(!found?.some(({facet,from,to})=>facet||published||from!==to))return[];let quoted=value=>`"${value.replace(
/[\\"]/g,"\\$&")}"`,issued=published||found.some(({facet})=>facet==="venue"),texts=found.map(({facet,value="",not,from,to})=>facet?
`${not?"-":""}${facet}:${quoted(value)}`:`${issued?"published":"year"}:[${from||"*"} TO ${to||"*"}]`),node=parse(texts.join(
" ")),count=evaluate(node,this.#index).reduce((sum,held)=>sum+held,0),dated=!issued&&found.find(({facet})=>!facet),note=dated?
`first public in ${dated.from===dated.to?"that year":"those years"}`:"";return count?[{filter:toText(node),count,note}]:
[]}};function years(name){let[,word="",bound2=""]=BOUND.exec(name)??[],[,first="",last=""]=BETWEEN.exec(name)??[],more=FROM.
get(word),less=TO.get(word);return more!==void 0?{from:`${+bound2+more}`,to:""}:less!==void 0?{from:"",to:`${+bound2-less}`}:
first&&first<last?{from:first,to:last}:new RegExp(`^${YEAR}$`).test(name)?{from:name,to:name}:null}var LONGEST=220,SENTENCE=/(?:[^.!?…]|[.!?…](?!["'”’)\]]*(?:\s|$)))+(?:[.!?…]["'”’)\]]*|$)|[.!?…]+/gu,
SHORTENED=/(?:^|[\s(])(?:\p{L}|al|e\.g|i\.e|cf|vs|figs?|secs?|eqs?|tabs?|app|approx|resp|no|pp?)\.$/iu,MARKED=.3,isMarked=(word,found)=>(found.
get(fold(word))?.worth??0)>=MARKED;function marked(text,found){let parts=[],last=0;for(let{0:word,index}of text.matchAll(
WORD))isMarked(word,found)&&(index>last&&parts.push([text.slice(last,index),!1]),parts.push([word,!0]),last=index+word.length);
return last<text.length&&parts.push([text.slice(last),!1]),parts}function sentences(line){let found=[];for(let[part]of line.
matchAll(SENTENCE))found.length&&SHORTENED.test(found[found.length-1])?found.push(found.pop()+part):found.push(part);return found}
function fit(text,found){let best=[];for(let word of words(text)){let match=found.get(word);match&&(best[match.n]=Math.max(
best[match.n]??0,match.worth))}return best.reduce((sum,worth)=>sum+worth,0)}function snippet(text,found,title=""){let best="",
most=MARKED,lines=text.split(`
`).filter(line=>!fold(title).includes(fold(line)));for(let line of lines)for(let sentence of sentences(line)){let worth=fit(
sentence,found);worth>most&&([best,most]=[sentence.trim(),worth])}return best?marked(best.length>LONGEST?cut(best,found):
best,found):[]}function cut(text,found){let first=[...text.matchAll(WORD)].find(({0:word})=>isMarked(word,found))?.index??
0,from=first<LONGEST/2?0:text.lastIndexOf(" ",first-LONGEST/4)+1,end=from+LONGEST<text.length?text.lastIndexOf(" ",from+
LONGEST):text.length;return`${from?"… ":""}${text.slice(from,end>first?end:from+LONGEST)}${end<text.length?" …":""}`}
var made=null;function site(){let data=mmu.findData;return made??=data?new Site(data,records("papers")):null}mmu.find={Papers,Site,marked,papers,site,snippet,stem,words};})();
