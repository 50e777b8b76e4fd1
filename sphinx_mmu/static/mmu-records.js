// From client/ by tools/bundle.mjs
"use strict";
(()=>{var mmu=globalThis.mmu??={};var END="",TEXTS=["title","short","abstract"],SAME=128,EXTRA=["shorttitle","keywords"],OTHERS="et al.",known=new Map,shortened=(names,most)=>names.
length<=most+1?names.join(", "):`${names.slice(0,most).join(", ")} and ${names.length-most} more`;function texts(column,size){
if(!column.includes(END))return()=>column;let starts;return i=>(starts??=startsOf(column,size),column.slice(starts[i],starts[i+
1]-1))}function startsOf(column,size){let starts=new Uint32Array(size+1);for(let i=1;i<size;i++)starts[i]=column.indexOf(
END,starts[i-1])+1;return starts[size]=column.length+1,starts}var Coded=class{#at;#size;#numbers=null;constructor({values,
at},size){this.values=values,this.#at=at,this.#size=size}get numbers(){return this.#numbers??=this.#read()}of(i){return this.
values[this.numbers[i]]}#read(){let found=new Uint32Array(this.#size),text=this.#at;for(let at=0,i=0,n=0;at<text.length;at++){
let sign=text.charCodeAt(at);n=sign===32?0:n*10+sign-48,sign===32?i++:found[i]=n}return found}};function namesOf(column,size){
let lists=column.replace(/\t/g," ").split(END).map(text=>text.split(`
`).filter(name=>name&&name!==OTHERS));return{lists,numbers:lists.length>1?Uint32Array.from(lists.keys()):new Uint32Array(
size)}}function together(one,other,change){let known2=new Map,values=[],numbers=one.numbers.map((a,i)=>{let b=other.numbers[i],
pair=a*other.values.length+b;return known2.has(pair)||known2.set(pair,values.push(change(one.values[a],other.values[b]))-
1),known2.get(pair)});return{values,numbers}}function unpack(data){let facets=data.facets.map(f=>({...f,labels:new Map(f.
values.map(v=>[v.value,v.label]))})),[key,title,short,label,people,abs,url,links]=["key","title","short","label","people",
"abstract","url","links"].map(name=>texts(data[name],data.size)),[type,date,published,venue,words,linked,shape]=["type",
"date","published","venue","words","linked","shape"].map(name=>new Coded(data[name],data.size)),tags=data.tags.map((coded,f)=>({
name:facets[f].name,coded:new Coded(coded,data.size),values:facets[f].values})),entry=new Map(data.entry.map(([name,c])=>[
name,typeof c=="string"?texts(c,data.size):i=>c[i]])),lists=data.lists.map(([most,column])=>({most,listed:texts(column,data.
size)})),tried=new Coded(data.results,data.size),benchmarks=data.results.names.map(([name])=>name),made=new Map(data.made.
map(([name,column])=>[name,new Coded(column,data.size)])),names=i=>people(i)?people(i).split(`
`).map(name=>name.split("	")):[],rests=i=>linked.of(i).length?links(i).split(`
`):[],urls=i=>rests(i).map((rest,n)=>data.kinds[linked.of(i)[n]][2]+rest);class Paper{constructor(i){this.i=i}get key(){
return key(this.i)}get type(){return type.of(this.i)}get title(){return title(this.i)}get short(){return short(this.i)}get label(){
return this.short||this.called+label(this.i)}get called(){let all=names(this.i).map(name=>name.at(-1)||name[0]),known2=all.
filter(name=>name!==OTHERS);return`${(known2.length>2||known2.length&&known2.length<all.length?`${known2[0]} et al.`:known2.
join(" and "))||this.title||this.key} ${this.date&&+this.date.slice(0,4)}`.trim()}get authors(){return names(this.i).map(
name=>name.join(" "))}get families(){return names(this.i).map(name=>name[name.length-1])}get by(){return this.#listed(0)}get people(){
return this.#listed(1)}#listed(n){return lists[n].listed(this.i)||shortened(this.families,lists[n].most)}get venue(){return venue.
of(this.i)[1]}get vs(){return venue.of(this.i)[0]}get published(){return String(published.of(this.i))}get placed(){return venue.
of(this.i)[2]}get results(){return tried.of(this.i).map(n=>benchmarks[n])}get vt(){return this.vs?`${this.vs} ${published.
of(this.i)}`.trim():""}get date(){return date.of(this.i)}get kw(){return words.of(this.i)}get has(){return shape.of(this.
i)[0]}get abs(){return abs(this.i)}get url(){return url(this.i)}get tags(){let found=Object.create(null);for(let{name,coded,
values}of tags){let mine=coded.of(this.i);mine.length&&(found[name]=mine.map(n=>values[n].value))}return found}get links(){
let kinds2=linked.of(this.i);return urls(this.i).map((address,n)=>({kind:data.kinds[kinds2[n]][0],label:data.kinds[kinds2[n]][1],
url:address,rank:data.kinds[kinds2[n]][3]}))}get fields(){let found=Object.create(null),extra=EXTRA.filter(name=>this.has.
includes(name));for(let name of[...shape.of(this.i)[1],...extra])found[name]=this.field(name);return found}made(name){return made.
get(name)?.of(this.i)}field(name){let{i}=this;if(EXTRA.includes(name))return this.has.includes(name)?name==="keywords"?this.
keywords:this.short:"";if(!shape.of(i)[1].includes(name))return"";let text=entry.get(name)?.(i)??"",sign=text.length===1?
text.charCodeAt(0):0;return sign<SAME||sign>=SAME+32?text:[this.venue,this.vs,this.date,this.date.slice(0,4),...rests(i),
...urls(i)][sign-SAME]}get keywords(){let mine=this.tags;return[...Object.keys(mine).sort().flatMap(f=>mine[f].map(v=>`${f}\
:${v}`)),...this.kw].join(", ")}}let papers=Array.from({length:data.size},(_,i)=>new Paper(i)),listsOf=({values,numbers:of},change)=>({
lists:values.map(change),numbers:of}),dated=change=>{let{values,numbers}=together(venue,published,change);return{lists:values,
numbers}},derived={type:()=>listsOf(type,value=>[value]),venue:()=>dated(([short2],year)=>short2?[short2,...year?[`${short2}\
/${year}`]:[]]:[]),published:()=>dated(([,,placed],year)=>placed&&year?[String(year)]:[]),results:()=>listsOf(tried,list=>list.
map(n=>benchmarks[n])),year:()=>listsOf(date,value=>value?[String(+value.slice(0,4))]:[]),has:()=>listsOf(shape,([value])=>value),
keyword:()=>listsOf(words,value=>value),author:()=>namesOf(data.people,data.size)},columns={facets:[...tags.filter(({coded})=>coded.
values.some(list=>list.length)).map(({name})=>name),...benchmarks.length?["results"]:[]],values(name){if(Object.hasOwn(derived,
name))return derived[name]();let tag=tags.find(facet=>facet.name===name);return tag?listsOf(tag.coded,list=>list.map(n=>tag.
values[n].value)):null},text(name){if(name==="vt")return together(venue,published,([short2],year)=>short2?`${short2} ${year}`.
trim():"");if(name==="date")return{values:date.values,numbers:date.numbers};if(name==="type")return{values:type.values,numbers:type.
numbers};if(name==="words")return{values:words.values.map(list=>list.join(`
`)),numbers:words.numbers};if(name==="links")return{values:linked.values.map(kinds2=>kinds2.map(n=>data.kinds[n][1]).join(
`
`)),numbers:linked.numbers};if(name==="venue")return{values:venue.values.map(([short2,long])=>`${short2}
${long}`),numbers:venue.numbers};let column=name==="author"?data.people.replace(/\t/g," "):TEXTS.includes(name)&&!data.uneven.
includes(name)?data[name]:null;return column===null?null:column.includes(END)?{text:column}:{values:[column],numbers:new Uint8Array(
data.size)}}},fieldNames=new Set([...entry.keys(),...EXTRA.filter(name=>shape.values.some(([has])=>has.includes(name)))]),
separators=new Map(data.separators),asked=new Map(data.asked),named=data.derived.map(([name,label2])=>({name,label:label2,
labels:new Map(name==="results"?data.results.names:[])})),kinds=data.kinds.map(([name,label2,,rank])=>({name,label:label2,
rank}));return{papers,facets,derived:named,kinds,fieldNames,separators,columns,asked,explorer:data.explorer,feed:data.feed,
searched:data.searched,dates:date}}function records(name){let data=mmu[name];return!known.has(name)&&data&&known.set(name,
unpack(data)),known.get(name)??null}function titleParts({title,short}){if(!short)return["",title];let start=title.slice(
0,short.length),rest=title.slice(short.length);return start.toLowerCase()===short.toLowerCase()&&!/^[\p{L}\p{N}]/u.test(
rest)?[start,rest]:[short,` · ${title}`]}function tagParts(paper,facets){let{tags}=paper;return facets.filter(f=>f.summary).
map(({name,labels,verb,usual,numbered})=>{let values=(tags[name]??[]).filter(v=>!usual.includes(v)&&(!numbered||v.includes(
"/"))),worded=(label="")=>verb&&!/^.\p{Lu}/u.test(label)?label.slice(0,1).toLowerCase()+label.slice(1):label,parts=values.
flatMap((v,n)=>[...n?[[", "]]:[],[worded(labels.get(v)),`${name}:${v}`]]);return verb&&parts.length?[[`${verb} `],...parts]:
parts}).filter(parts=>parts.length)}var summary=(paper,facets)=>tagParts(paper,facets).map(parts=>parts.map(([text])=>text).
join("")).join(" · ");mmu.records={records,shortened,summary,tagParts,titleParts};})();
