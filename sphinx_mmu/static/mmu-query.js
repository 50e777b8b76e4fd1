// From client/ by tools/bundle.mjs
"use strict";
(()=>{var DATE_FACETS=new Set(["year","published","date"]),TEXT_FIELDS=new Set(["title","short","author","abstract"]),SPACE=String.
raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`,ALNUM=String.raw`\p{L}\p{N}`,pattern=(source,flags="\
u")=>new RegExp(source,flags),[SPACES,UNEVEN]=[`[${SPACE}]+`,`^ | $|  |(?! )[${SPACE}]`].map(s=>pattern(s));function strip(text){
let end=text.length;for(;end&&SPACES.test(text[end-1]);)end--;return text.slice(0,end)}var split=text=>text.split(SPACES).
filter(Boolean),squeeze=text=>UNEVEN.test(text)?split(text).join(" "):text,own=(object,name)=>object&&Object.hasOwn(object,
name)?object[name]:void 0;function repr(text){let quote=text.includes("'")&&!text.includes('"')?'"':"'",named={"\n":"n",
"\r":"r","	":"t"};return quote+text.replace(/[\\'"\p{C}\p{Z}]/gu,c=>{if(c===quote||c==="\\"||named[c])return`\\${named[c]??
c}`;let hex=Number(c.codePointAt(0)).toString(16),[mark,length]=hex[4]?["U",8]:hex[2]?["u",4]:["x",2];return` '"`.includes(
c)?c:`\\${mark}${hex.padStart(length,"0")}`})+quote}var node=(kind,props={})=>Object.freeze({kind,...props}),ALL=node("a\
ll"),not=part=>node("not",{part}),range=(facet,low,high,lowClosed=!0,highClosed=!0)=>node("range",{facet,low,high,lowClosed,
highClosed});function joined(kind,nodes,none){let parts=Object.freeze(nodes.flatMap(n=>n.kind===kind?n.parts:[n]));return parts.
length>1?node(kind,{parts}):parts[0]??none}var allOf=(...nodes)=>joined("and",nodes,ALL),anyOf=(...nodes)=>joined("or",nodes,
not(ALL)),leaves=filter=>filter.part?leaves(filter.part):filter.parts?.flatMap(leaves)??[filter],FilterError=class extends Error{constructor(message,text,at,hint=""){
super(message);let column=at===void 0?void 0:[...text.slice(0,at)].length;this.name="FilterError",this.text=text,this.column=
column,this.hint=hint}},NO_WORD=String.raw`${SPACE}()\[\]{}":*?~^<>=!|\\&`,NO_START=String.raw`${NO_WORD}+/\-`,LETTERS=String.
raw`(?:\\[^]|[^${NO_START}])(?:\\[^]|&(?!&)|[^${NO_WORD}])*`,OPERATOR="(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])",AFTER=String.
raw`(?=[${SPACE}()"]|$)`,TERMINALS={FACET:String.raw`[\p{L}\p{Nl}\p{No}][${ALNUM}_.\-]*:`,PREFIX:String.raw`${LETTERS}\*(?=[${SPACE})]|$)`,
WORD:`(?!${OPERATOR}${AFTER})${LETTERS}`,QUOTED:String.raw`"(?:\\[^]|[^"\\])*"`,STAR:String.raw`(?<![^${SPACE}(:\-])\*(?=[${SPACE})]|$)`,
MINUS:`-(?=[^${SPACE}])`,AND:`AND${AFTER}`,OR:`OR${AFTER}`,NOT:`NOT${AFTER}`,OPEN:String.raw`\(`,CLOSE:String.raw`\)`,END:"\
$",RANGE_OPEN:String.raw`[\[{]`,RANGE_CLOSE:String.raw`[\]}]`,COMPARISON:"[<>]=?",TO:`TO(?=[${SPACE}]|$)`,BOUND:String.raw`[^${SPACE}()\[\]{}":*<>=\\]+`,
ANY_BOUND:String.raw`\*`},sticky=source=>pattern(source,"uy"),T=Object.fromEntries(Object.entries(TERMINALS).map(([name,
source])=>[name,sticky(source)])),BLANK=sticky(`[${SPACE}]*`);function parse(text){beforeReading(text);let reader=new Reader(
text),found=reader.either("");if(reader.need(T.END),reader.fault)throw reader.fault;return found}function beforeReading(text){
let fail=(message,at,hint)=>{throw new FilterError(message,text,at,hint)},limit=[...text.slice(0,4e3)].slice(0,2e3).join(
"").length,opened=[];strip(text)||fail("the filter is empty",0,"write * for every paper"),text.length>limit&&fail("the f\
ilter is longer than 2,000 characters",limit);for(let{0:sign,index}of text.matchAll(/\\.|"(?:\\.|[^"\\])*"|[()"]/gsu))sign===
'"'&&fail("this quote is never closed",index,'add " at its end'),sign===")"&&!opened.length&&fail("this parenthesis was \
never opened",index,"delete it"),sign==="("&&opened.length===50&&fail("parentheses are nested more than 50 deep",index),
sign==="("&&opened.push(index),sign===")"&&opened.pop();opened.length&&fail("this parenthesis is never closed",opened[opened.
length-1],"add ) where the group ends")}var Reader=class{constructor(text){this.text=text,this.at=0,this.fault=null}sees(terminal){
return BLANK.lastIndex=this.at,BLANK.test(this.text),terminal.lastIndex=this.at=BLANK.lastIndex,terminal.exec(this.text)}take(terminal){
let found=this.sees(terminal);return this.at+=found?.[0].length??0,found&&{text:found[0],at:found.index}}need(terminal,other){
return this.take(terminal)??(other?this.need(other):this.refuse())}refuse(){let at=this.at===this.text.length?strip(this.
text).length:this.at,[message,hint]=reason(this.text,at);throw new FilterError(message,this.text,at,hint)}wrong(message,at,hint){
return this.fault??=new FilterError(message,this.text,at,hint),null}either(facet){let parts=[this.both(facet)];for(;this.
take(T.OR);)parts.push(this.both(facet));return anyOf(...parts)}both(facet){let parts=[this.single(facet)];for(;!this.sees(
T.END)&&!this.sees(T.CLOSE)&&!this.sees(T.OR);)!this.take(T.AND)&&facet&&this.sees(T.FACET)&&this.refuse(),parts.push(this.
single(facet));return allOf(...parts)}single(facet){return this.take(T.NOT)??this.take(T.MINUS)?not(this.condition(facet)):
this.condition(facet)}condition(facet){let name=facet?null:this.take(T.FACET)?.text.slice(0,-1);return this.value(name?/^[\0-\x7f]*$/.
test(name)?name.toLowerCase():name:facet)}value(facet){if(this.take(T.OPEN)){let inner=this.either(facet);return this.need(
T.CLOSE),inner}return facet&&(this.brackets(facet)??this.comparison(facet))||this.word(facet)}word(facet){let prefix=this.
take(T.PREFIX),found=prefix??this.take(T.WORD)??this.take(T.QUOTED);if(!found)return this.need(T.STAR),DATE_FACETS.has(facet)?
range(facet,null,null):facet?node("has",{facet}):ALL;let raw=prefix?found.text.slice(0,-1):found.text[0]==='"'?found.text.
slice(1,-1):found.text,value=squeeze(raw.replace(/\\(.)/gsu,"$1"));if(!value)return this.wrong("there is nothing to look\
 for here",found.at,"write a word, or * for any")??ALL;if(!DATE_FACETS.has(facet))return node("match",{facet,value,prefix:!!prefix});
let date=this.date(facet,prefix??{...found,text:value});return range(facet,date,date)}brackets(facet){let open=this.take(
T.RANGE_OPEN);if(!open)return null;let low=this.need(T.BOUND,T.ANY_BOUND);this.need(T.TO);let high=this.need(T.BOUND,T.ANY_BOUND),
close=this.need(T.RANGE_CLOSE);return this.range(facet,low,high,open.text==="[",close.text==="]")}comparison(facet){let sign=this.
take(T.COMPARISON)?.text;if(!sign)return null;let bound2=this.need(T.BOUND),[low,high]=sign[0]===">"?[bound2,null]:[null,
bound2];return this.range(facet,low,high,sign!==">",sign!=="<")}range(facet,low,high,lowClosed,highClosed){let{at}=low??
high;if(!DATE_FACETS.has(facet))return this.wrong(`${facet} has no order to compare by`,at,"only year, published and dat\
e take ranges")??ALL;let first=this.date(facet,low),last=this.date(facet,high),shared=Math.min(first?.length??0,last?.length??
0);return first&&last&&first.slice(0,shared)>last.slice(0,shared)&&this.wrong("the range ends before it begins",at,`writ\
e ${facet}:[${last} TO ${first}]`),range(facet,first,last,!first||lowClosed,!last||highClosed)}date(facet,bound2){if(!bound2||
bound2.text==="*")return null;let[thing,form,hint]=facet==="date"?["date",/^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/,
"write 2024, 2024-03 or 2024-03-17"]:["year",/^[0-9]{4}$/,"write 2024, >=2024 or [2023 TO *]"];return form.test(bound2.text)?
bound2.text:this.wrong(`${repr(bound2.text)} is not a ${thing}`,bound2.at,hint)}},QUOTE_HINT="to look for the character \
itself, put the text in quotes",AT_FAULT=[["&&?","'{}' is not an operator here","write AND"],[String.raw`\|\|?`,"'{}' is\
 not an operator here","write OR"],["!","'!' is not an operator here","write NOT, or - directly before the condition"],[
`(?:AND|OR)${AFTER}`,"'{}' has no condition before it","write one, or put the word in quotes"],[`NOT${AFTER}`,"'NOT' is \
not allowed here","write it once, before a whole condition"],[OPERATOR+AFTER,"'{}' is an operator only in capitals","wri\
te {}, or put the word in quotes to look for it"],["~","'~' for similar words is not supported","write the beginning of \
the word and *"],[String.raw`\^`,"'^' for weights is not supported","delete it: a filter does not rank"],["/","regular e\
xpressions are not supported","put what begins with / in quotes"],[String.raw`\?`,"'?' for one character is not supporte\
d","write the beginning of the word and *"],[String.raw`\*`,"'*' is allowed only at the end of a word","a part of a word\
 is found without it"],[String.raw`\+`,"'+' is not an operator here","delete it: all conditions apply anyway"],["=","'='\
 is not an operator here","write facet:value"],[String.raw`[<>\[{\]}]`,"a range needs year:, published: or date: directl\
y before it","write year:>=2024, or year:[2023 TO *]"],["-","'-' is written once, directly before what it excludes",QUOTE_HINT],
[String.raw`\\`,"this backslash has no character after it","write two for the character itself"]].map(([source,message,hint])=>({
terminal:sticky(source),message,hint}));function reason(text,at){let before=strip(text.slice(0,at)),[here=""]=text.slice(
at);if(/(?<!\\)[[{][^[\]{}()"]*$/.test(before))return["this is not how a range is written","write year:[2023 TO 2025], o\
r * for no bound"];if(before.endsWith(":")&&here==="-")return["'-' is written before the facet","write -facet:value"];if(here===
""||here===")")return incomplete(before);if(here===":")return colon(before,text.slice(0,at));for(let{terminal,message,hint}of AT_FAULT){
terminal.lastIndex=at;let found=terminal.exec(text)?.[0];if(found)return[message.replace("{}",found),hint.replace("{}",found.
toUpperCase())]}return[`${repr(here)} is not allowed here`,QUOTE_HINT]}function incomplete(before){let last=split(before.
replaceAll("("," ( ")).at(-1)??"";return last.endsWith(":")?[`a value is missing after ${repr(last)}`,`write ${last}* fo\
r any`]:last==="("?["there is nothing between the parentheses","delete them"]:[`a condition is missing after ${repr(last)}`,
"write one, or delete the operator"]}function colon(before,text){if(!before||before!==text)return["':' is written direct\
ly after the name of a facet","write facet:value"];let[facet,...value]=String(before.split(pattern(`[${SPACE}()"]`)).at(
-1)).split(":");return value.length?["a condition has one colon",`put the value in quotes: ${facet}:"${value.join(":")}:\
…"`]:["the name of a facet begins with a letter, and has no signs",QUOTE_HINT]}var PLAIN=pattern(`^(?!${OPERATOR}$)[^${NO_START}\
][^${NO_WORD}]*$`),UNSAFE=pattern(String.raw`^[^${ALNUM}_]|[^${ALNUM}_/.\-]`,"gu"),ODD=/^[^\p{L}\p{N}(]|: |:$| #|^\(.*[:#]\s/u,
option=text=>ODD.test(squeeze(text))?`'${squeeze(text).replaceAll("'","''")}'`:squeeze(text);function toText(filter){let{
kind,facet,part,parts}=filter;return kind==="not"?part.kind==="not"?`-(${toText(part)})`:`-${operand(part)}`:kind==="and"?
parts.map(operand).join(" "):kind==="or"?oneFacet(parts)||parts.map(operand).join(" OR "):facet?`${facet}:${valueText(filter)}`:
valueText(filter)}function operand(filter){return filter.kind==="and"||filter.kind==="or"&&!oneFacet(filter.parts)?`(${toText(
filter)})`:toText(filter)}function oneFacet(parts){let{facet}=parts[0];return facet&&parts.every(p=>p.facet===facet)?`${facet}\
:(${parts.map(valueText).join(" OR ")})`:""}function valueText({kind,value,prefix,low,high,lowClosed,highClosed}){if(kind===
"match"&&prefix)return`${value.replace(UNSAFE,"\\$&")}*`;if(kind==="match")return PLAIN.test(value)?value:`"${value.replace(
/[\\"]/g,"\\$&")}"`;let closed=lowClosed&&highClosed;return low&&high&&low===high&&closed?low:low&&high?`${lowClosed?"[":
"{"}${low} TO ${high}${highClosed?"]":"}"}`:low||high?`${low?">":"<"}${closed?"=":""}${low||high}`:"*"}var NOT_ASCII=/[^\0-\x7f]/gu,
caseless=text=>text.replace(NOT_ASCII,c=>c==="ı"?c:c.toLowerCase().toUpperCase().toLowerCase()).toLowerCase(),STROKES={
æ:"ae",œ:"oe",ø:"o",ł:"l",ı:"i",ŋ:"n",đ:"d",ð:"d",ħ:"h",ŧ:"t",þ:"th"},plain=text=>text.replace(/\p{M}/gu,"").
replace(/[æœøłıŋđðħŧþ]/g,c=>STROKES[c]),folded=new Map;function foldOne(c){return folded.has(c)||folded.set(c,
plain(caseless(c.normalize("NFKD")).normalize("NFKD"))),folded.get(c)}var fold=text=>text.replace(NOT_ASCII,foldOne).toLowerCase(),
IN_WORD=pattern(`[${ALNUM}]`);function beginsAt(text,at){let before=at?text.charCodeAt(at-1):32;return before<128?!(before>=
97&&before<=122)&&!(before>=48&&before<=57):!IN_WORD.test(String([...text.slice(Math.max(0,at-2),at)].at(-1)))}function beginsWord(needle,text){
for(let at=text.indexOf(needle);at>=0;at=text.indexOf(needle,at+1))if(beginsAt(text,at))return!0;return!1}var LONGEST_WORD=100;
function didYouMean(word,choices){if(word.length>LONGEST_WORD)return"";let letters=text=>[...text.toLowerCase().replace(
pattern(`[^${ALNUM}]`,"gu")," ").trim()],wanted=letters(word),likeness=other=>{let[short,long]=[wanted.length,other.length].
sort((a,b)=>a-b);if(2*short<.6*(short+long))return 0;let row=new Array(other.length+1).fill(0);for(let letter of wanted){
let next=[0];other.forEach((l,i)=>next.push(l===letter?row[i]+1:Math.max(row[i+1],next[i]))),row=next}return 2*row[row.length-
1]/(wanted.length+other.length||1)},best=[...new Set(choices)].sort().map(choice=>({choice,score:likeness(letters(choice))})).
reduce((a,b)=>b.score>a.score?b:a,{choice:"",score:0});return best.score>=.6?`did you mean '${best.choice}'?`:""}var OTHERS="\
et al.",DERIVED={year:p=>p.date?[String(+p.date.slice(0,4))]:[],published:p=>p.placed&&p.published?[p.published]:[],venue:p=>p.
vs?[p.vs,...p.published?[`${p.vs}/${p.published}`]:[]]:[],results:p=>p.results??[],author:p=>p.authors.filter(name=>name!==
OTHERS),type:p=>[p.type],has:p=>p.has,key:p=>[p.key],keyword:p=>p.kw},TEXTS={title:p=>squeeze(p.title),short:p=>squeeze(
p.short),author:p=>p.authors.join(`
`),venue:p=>`${p.vs}
${p.venue}`,abstract:p=>squeeze(p.abs)},FIELD={short:"shorttitle"},venueLabel=value=>value.replace(/\/(?=[0-9]{4}$)/," "),
labelOf=(facet,value)=>facet?.labels.get(value)??(facet?.name==="venue"?venueLabel(value):value),KEPT=32,END="";function positions(mask){
let found=[];for(let i=0;i<mask.length;i++)mask[i]&&found.push(i);return found}var withParents=value=>value.includes("/")?
value.split("/").map((_,n,parts)=>parts.slice(0,n+1).join("/")):[value],Index=class{#facets;#columns;#names=null;#venues=null;#sets=new Map;#texts=new Map;#searches=new Map;constructor(papers,facets,columns=null,asked=new Map){
this.papers=papers,this.asked=asked,this.size=papers.length,this.#facets=new Map(facets.map(f=>[f.name,f])),this.#columns=
columns}facets(){if(!this.#names){if(this.#names=new Set(this.#columns?.facets),!this.#columns)for(let p of this.papers)
for(let name in p.tags)this.#names.add(name);for(let name of[...this.#facets.keys(),...Object.keys(DERIVED)])(name!=="re\
sults"||this.#facets.has(name)||!this.#columns&&this.papers.some(p=>p.results?.length))&&this.#names.add(name)}return this.#names}facet(name){
return this.facets().has(name)?name:[...this.facets()].find(f=>f.toLowerCase()===name.toLowerCase())}values(facet){return[
...this.#set(facet).held.keys()]}beginning(facet,start){let set=this.#set(facet);return(set.folded??=[...set.held.keys()].
map(value=>[value,fold(value)])).filter(([,folded2])=>folded2.startsWith(start)).map(([value])=>value)}spelled(facet,value){
let{held,spelled}=this.#set(facet);return held.has(value)?value:spelled.get(caseless(value))}mask(facet,values){let{held,
numbers,size}=this.#set(facet),wanted=new Uint8Array(size),there=values.map(value=>this.spelled(facet,value)).filter(value=>value!==
void 0);if(!there.length&&facet==="venue")return this.#atVenues(values);for(let value of there)for(let n of held.get(value)??
[])wanted[n]=1;return there.length?this.#spread(wanted,numbers):null}any(facet){let{numbers,some}=this.#set(facet);return this.#spread(
some,numbers)}#spread(wanted,numbers){let found=new Uint8Array(this.size);for(let i=0;i<found.length;i++)found[i]=wanted[numbers[i]];
return found}#atVenues(values){let names=new Set(values.map(fold)),found=new Uint8Array(this.size);this.#venues??=this.papers.
map(p=>fold(p.venue));for(let i=0;i<found.length;i++)found[i]=+names.has(this.#venues[i]);return found.includes(1)?found:
null}counts(facet,among){let set=this.#set(facet),{held,numbers,size,some}=set;if(set.counted?.among===among)return set.
counted;let found=new Uint32Array(size),values=new Map;for(let i=0;i<among.length;i++)found[numbers[i]]+=among[i];for(let[
value,lists]of held)values.set(value,lists.reduce((sum,n)=>sum+found[n],0));let any=found.reduce((sum,n,list)=>sum+n*some[list],
0);return set.counted={among,values,any,none:found.reduce((sum,n)=>sum+n,0)-any}}#set(facet){let made=this.#sets.get(facet);
if(made)return made;let terms=this.#facets.get(facet)?.values??[],spelled=new Map,{lists,numbers}=this.#lists(facet),held=new Map(
[...terms.map(t=>t.value),...facet==="has"?this.asked.keys():[]].map(v=>[v,[]]));lists.forEach((values,n)=>{for(let value of new Set(
values)){let lists2=held.get(value);lists2?lists2.push(n):held.set(value,[n])}});for(let{value,aliases}of[...terms].reverse())
for(let alias of aliases??[])spelled.set(caseless(alias),value);if(facet==="venue")for(let value of held.keys())spelled.
set(caseless(venueLabel(value)),value);for(let value of held.keys())spelled.set(caseless(value),value);let some=Uint8Array.
from(lists,values=>+(values.length>0)),set={held,spelled,numbers,size:lists.length,some};return this.#sets.set(facet,set),
set}#lists(facet){let derived=own(DERIVED,facet),columns=derived&&this.#facets.has(facet)?null:this.#columns?.values(facet);
if(columns)return derived?columns:{...columns,lists:columns.lists.map(list=>list.flatMap(withParents))};let known=new Map,
lists=[],numbers=Uint32Array.from(this.papers,p=>{let list=[...(own(p.tags,facet)??[]).flatMap(withParents),...derived?.(
p)??[]],name=list.join(`
`);return known.has(name)||known.set(name,lists.push(list)-1),Number(known.get(name))});return{lists,numbers}}text(needle,field,prefix){
let kind=`${prefix?"*":""}${field}:`,searches=this.#searches,known=searches.get(kind+needle),within=n=>prefix?needle.startsWith(
n):needle.includes(n),left=known?null:[...searches.values()].findLast(s=>s.kind===kind&&within(s.needle))?.found,found=known?.
found??this.#search(needle,field?[field]:Object.keys(TEXTS),prefix,left);return searches.delete(kind+needle),searches.set(
kind+needle,{kind,needle,found}),searches.size>KEPT&&searches.delete(String(searches.keys().next().value)),found.slice()}fold(){
for(let field of Object.keys(TEXTS))this.#folded(field);this.#set("author")}#search(needle,fields,prefix,left){let found=new Uint8Array(
this.size),holds=text=>prefix?beginsWord(needle,text):text.includes(needle);if(needle.includes(END))return found;let rest=positions(
left??new Uint8Array(this.size).fill(1));for(let field of fields){let few=rest.length*8<this.size;if(few&&!this.#texts.has(
field)){let read=this.#reader(field);for(let i of rest)found[i]=+holds(fold(read(this.papers[i])))}else{let{text,starts,
values,numbers}=this.#folded(field);if(values){let held=values.map(value=>+holds(value));for(let i of rest)found[i]=held[numbers[i]]}else if(few||
!needle)for(let i of rest)found[i]=+holds(text.slice(starts[i],starts[i+1]-1));else for(let at=text.indexOf(needle),i=0;at>=
0;at=text.indexOf(needle,at)){for(;starts[i+1]<=at;)i++;found[i]|=+(!prefix||beginsWord(needle,text.slice(starts[i],starts[i+
1]-1))),at=starts[i+1]}}rest=rest.filter(i=>!found[i])}return found}#folded(field){let known=this.#texts.get(field);if(known)
return known;let given=this.#columns?.text(field)??this.#read(field),folded2=given.text===void 0?{values:given.values.map(
fold),numbers:given.numbers}:this.#begun(fold(given.text));return this.#texts.set(field,folded2),folded2}#begun(text){return{
text,starts:this.#starts(text)}}#read(field){return{text:this.papers.map(this.#reader(field)).join(END)}}#reader(field){
let read=own(TEXTS,field)??(p=>own(p.fields,field)??"");return p=>read(p).replaceAll(END," ")}#starts(text){let starts=new Uint32Array(
this.size+1);for(let i=1,at=0;i<=this.size;i++)at=text.indexOf(END,at)+1||text.length+1,starts[i]=at;return starts}dates({
facet,low,high,lowClosed,highClosed}){let found=new Uint8Array(this.size),dateOf=paper=>facet==="published"?DERIVED.published(
paper)[0]??"":paper.date;return this.papers.forEach((paper,i)=>{let date=dateOf(paper),begins=date&&(!low||(lowClosed?date>=
low:date.slice(0,low.length)>low)),end=date.slice(0,high?.length);found[i]=+!!(begins&&(!high||(highClosed?end<=high:end<
high)))}),found}},indexes=new WeakMap;function indexOf(records){let{papers,facets,columns,asked}=records,index=indexes.get(
records)??new Index(papers,facets,columns,asked);return indexes.set(records,index),index}function evaluate(filter,index){
let{kind,parts}=filter;if(parts){let[found,...rest]=parts.map(part=>evaluate(part,index));for(let one of rest)for(let i=0;i<
found.length;i++)found[i]=kind==="and"?found[i]&one[i]:found[i]|one[i];return found}if(kind==="not")return evaluate(filter.
part,index).map(held=>1-held);if(kind==="range")return index.dates(filter);if(kind==="all")return new Uint8Array(index.size).
fill(1);let facet=facetOf(filter,index);return kind==="match"&&!facet?index.text(fold(filter.value),filter.facet,filter.
prefix):tagged(filter,facet,index)??new Uint8Array(index.size)}var facetOf=({kind,facet,value,prefix},index)=>{let whole=kind===
"match"&&facet==="author"&&!prefix&&index.spelled(facet,value)!==void 0;return facet&&(kind==="has"||!TEXT_FIELDS.has(facet)||
whole)?index.facet(facet):void 0};function tagged({kind,facet:name,value,prefix},facet,index){return kind==="has"?facet?
index.any(facet):index.mask("has",[own(FIELD,name)??name]):facet?index.mask(facet,prefix?beginning(value,facet,index):[value]):
null}function beginning(prefix,facet,index){return index.beginning(facet,fold(prefix))}function check(filter,index){let faults=leaves(
filter).map(leaf=>fault(leaf,index)).filter(f=>f!==null);return[...new Map(faults.map(f=>[f.message,f])).values()]}function bound(filter,index){
let texts=leaves(filter).filter(leaf=>leaf.kind==="match"&&!facetOf(leaf,index));if(new Set(texts.map(({facet,value,prefix})=>`${facet}\
:${fold(value)}${prefix?"*":""}`)).size>32)throw new FilterError("the filter looks for more than 32 words","",void 0,"le\
ave some out")}function fault(leaf,index){let{kind,facet:name,value,prefix}=leaf;if(!name||kind==="range"||TEXT_FIELDS.has(
name))return null;let facet=index.facet(name);if(!facet){if(index.mask("has",[name]))return null;let message2=`there is \
no facet ${repr(name)}`,choices=[...index.facets(),...TEXT_FIELDS,...DATE_FACETS];return{code:"unknown-facet",message:message2,
get hint(){return didYouMean(name,choices)||"put it in quotes if it is text to look for"}}}return kind==="has"||index.mask(
facet,[value])||prefix&&beginning(value,facet,index).length?null:{code:"unknown-value",message:`${facet} has no value ${prefix?
"that begins with ":""}${repr(value)}`,get hint(){return didYouMean(value,index.values(facet))}}}var mmu=globalThis.mmu??={};mmu.query={FilterError,Index,allOf,anyOf,beginsAt,bound,check,evaluate,fold,indexOf,labelOf,leaves,option,parse,toText,venueLabel};})();
