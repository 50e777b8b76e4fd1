"""The diagrams: one for each pathway of the taxonomy, by the last part of its tag.

Formulas and symbols are those of refs/taxonomy.toml, which gives their meanings and their places
in the survey.
"""

from __future__ import annotations

from diagrams import planes
from diagrams.art import Large, Requests, Result, cells, exchange, picture
from diagrams.layout import Arrow, Box, Diagram, Grid, Group

_OUT = Box("bare", "Intended output", art=Result())
_RESULT = (
    "The intended output: before, a request in the style to be forgotten gives a picture in that "
    "style; afterwards it gives a plain one. A request for a boat, which is to be kept, gives the "
    "same boat before and after."
)

PATHWAYS = {
    "data-path-perturbation": Diagram(
        title="Data-path perturbation",
        caption=(
            "The owner adds a small change p to every image and caption before they are released. "
            "A model that somebody else trains on the released pairs learns little from them, "
            "provided that p survives the usual transforms."
        ),
        words=(
            "Two boxes on the owner’s side lead to a third. A pair of an image x and a caption t, "
            "here the photograph of a person, is combined with an added change p, whose image part "
            "is bounded by epsilon img and whose text part is bounded by epsilon txt. The released "
            "pair looks the same. In other hands it passes through transforms T such as cropping, "
            "blurring and compression, which p must survive, and a model is then trained on it as "
            "usual; the method does not touch that model. Without p the model can show the person; "
            "with p it should not be able to. A request for a boat is answered alike in both cases."
        ),
        boxes={
            "own": Box("forget", "Owner’s pair (x, t)", art=picture("face")),
            "add": Box(
                "changed",
                "Added change p",
                art=picture("grains"),
                math=("‖p_{img}(x)‖ ≤ ϵ_{img}", "‖p_{txt}(t)‖ ≤ ϵ_{txt}"),
            ),
            "sent": Box(
                "changed",
                "Released pair",
                art=picture("cloaked"),
                text="looks the same",
            ),
            "trans": Box(
                "plain",
                "Transforms T",
                text="crop, blur, compress: p must survive",
                math="p ∈ Π_T",
            ),
            "model": Box(
                "plain",
                "Model",
                art=cells("ppppp", "ppppp"),
                text="trained as usual",
            ),
            "out": Box(
                "bare",
                "Intended output",
                art=Result(
                    ("face", "someone"),
                    asked=("“this person”", "“a boat”"),
                    heads=("without p", "with p"),
                ),
            ),
        },
        arrows=(
            Arrow("own", "sent", "forget"),
            Arrow("add", "sent", "changed"),
            Arrow("sent", "trans"),
            Arrow("trans", "model"),
            Arrow("model", "out"),
        ),
        groups=(
            Group("owner", ("own", "add", "sent"), "in the owner’s hands"),
            Group("trainer", ("trans", "model"), "in other hands"),
        ),
        wide=Grid(
            ("own sent trans out", "add sent model out"),
            (158, 110, 142, 142),
            (40, 18),
        ),
        narrow=Grid(
            ("own add", "sent sent", "trans trans", "model model", "out out"),
            (115, 165),
            (14, 22),
        ),
    ),
    "data-hygiene-prompt-normalization": Diagram(
        title="Data hygiene and prompt normalization",
        caption=(
            "The input is cleaned. A weight w decides how much each pair counts in training, and a "
            "normaliser N gives look-alike letters of a prompt their standard form. The method "
            "itself edits no weight of the model."
        ),
        words=(
            "Three inputs are on the left. A sound pair, a picture of a boat with the caption “a "
            "boat”, gets a weight near one. A doubtful pair, a picture in the style with the "
            "caption “a banana”, gets a weight near zero, on a scale from 0, left out, to 1, kept "
            "whole. A prompt t in which each letter a is Cyrillic passes through a normaliser N, "
            "which puts the Latin letter in its place. The model in the middle is trained on the "
            "weighted pairs and asked the cleaned prompt. The intended output: before, a trigger "
            "brings out the unwanted picture; afterwards it gives a plain one. A request for a "
            "boat gives the same boat before and after."
        ),
        boxes={
            "good": Box(
                "retain", "Sound pair", art=picture("boat"), text="“a boat”"
            ),
            "bad": Box(
                "forget",
                "Doubtful pair",
                art=picture("style"),
                text="“a banana”",
            ),
            "ask": Box(
                "prompt", "Prompt t", text="“аn аpple”, with Cyrillic а"
            ),
            "w": Box(
                "changed",
                "Weight of a pair",
                math="w(x, t) ∈ [0, 1]",
                art=planes.WEIGHTS,
            ),
            "n": Box(
                "changed",
                "Normaliser",
                math="t ↦ N(t)",
                text="а (Cyrillic) to a (Latin)",
            ),
            "model": Box(
                "plain",
                "Model",
                art=cells("pppp", "pppp", "pppp"),
                text="trained and asked as usual",
            ),
            "out": Box(
                "bare",
                "Intended output",
                art=Result(asked=("with a trigger", "“a boat”")),
            ),
        },
        arrows=(
            Arrow("good", "w", "retain"),
            Arrow("bad", "w", "forget"),
            Arrow("ask", "n"),
            Arrow("w", "model", lane=0.03),
            Arrow("n", "model"),
            Arrow("model", "out"),
        ),
        wide=Grid(
            ("good w model out", "bad w model out", "ask n model out"),
            (140, 160, 118, 142),
            (36, 16),
        ),
        narrow=Grid(
            (
                "good good bad",
                "w w w",
                ". ask n",
                "model model model",
                "out out out",
            ),
            (4, 125, 140),
            (14, 24),
        ),
    ),
    "direct-gradient": Diagram(
        title="Direct gradient",
        caption=(
            "Up to four terms are added up, and the weights follow the gradient of the sum. The "
            "term with α acts against the target; the others protect kept answers, point to a "
            "substitute, and tie the weights to their starting values."
        ),
        words=(
            "Four inputs on the left each feed one term of the sum J of theta. Retained data R "
            "feed the loss L u, which keeps their answers right. The forget set F feeds the loss L "
            "f, weighted by alpha, which pushes its answers down. An anchor a, a substitute "
            "answer, feeds D a, weighted by beta, which pulls answers towards it. The frozen "
            "starting weights theta 0 feed Omega, weighted by gamma, which keeps the weights near "
            "the start. The sum leads to the model, in which every weight may move against the "
            "gradient of J. " + _RESULT
        ),
        boxes={
            "keep": Box("retain", "Retained data R"),
            "lose": Box("forget", "Forget set F"),
            "anchor": Box("plain", "Anchor a", "a substitute answer"),
            "start": Box("frozen", "Start θ₀", "weights before"),
            "lu": Box("plain", math="ℒ_u", text="keep these answers right"),
            "lf": Box("plain", math="+ α ℒ_f", text="push these answers down"),
            "da": Box("plain", math="+ β D_a", text="pull answers towards a"),
            "om": Box(
                "plain", math="+ γ Ω(θ, θ_0)", text="stay near the start"
            ),
            "model": Box(
                "changed",
                "Model θ",
                "every weight may move, along −∇J(θ)",
                art=cells("cccc", "cccc", "cccc", "cccc"),
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("keep", "lu", "retain"),
            Arrow("lose", "lf", "forget"),
            Arrow("anchor", "da"),
            Arrow("start", "om"),
            Arrow("sum", "model", "changed"),
            Arrow("model", "out"),
        ),
        groups=(Group("sum", ("lu", "lf", "da", "om"), "sum J(θ)"),),
        wide=Grid(
            (
                "keep lu model out",
                "lose lf model out",
                "anchor da model out",
                "start om model out",
            ),
            (140, 148, 116, 142),
            (44, 12),
        ),
        narrow=Grid(
            (
                "keep lu",
                "lose lf",
                "anchor da",
                "start om",
                "model model",
                "out out",
            ),
            (130, 152),
            (36, 14),
        ),
    ),
    "constrained-updates": Diagram(
        title="Constrained updates",
        caption=(
            "Among all weights that satisfy both limits, the method looks for those with the "
            "lowest retain risk. To the right of the dashed border enough of the target is gone; "
            "inside the grey one the model is still intact."
        ),
        words=(
            "Three inputs on the left each say something about the space of weights. Retained data "
            "R give a risk J R to be kept low, drawn as rings around the starting weights theta 0. "
            "The forget set F gives the limit C f less than or equal to zero, drawn as a dashed "
            "border: to its right enough of the target is gone. The frozen reference theta 0 gives "
            "the limit C i less than or equal to zero, drawn as a grey oval within which the model "
            "is intact, and the stability term Omega. Both limits are met where the two areas "
            "overlap. An arrow leads from theta 0 to theta prime, just inside the overlap, where "
            "the retain risk is lowest. " + _RESULT
        ),
        boxes={
            "keep": Box(
                "retain",
                "Retained data R",
                math="min J_R(θ)",
                text="risk to keep low",
            ),
            "lose": Box(
                "forget",
                "Forget set F",
                math="C_f(θ) ≤ 0",
                text="limit on what is left",
            ),
            "start": Box(
                "frozen",
                "Reference θ₀",
                math=("C_i(θ) ≤ 0,  Ω(θ, θ_0)",),
                text="limit on drift, pull to the start",
            ),
            "plane": Box(
                "changed", "Space of weights θ", art=planes.CONSTRAINED
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("keep", "plane", "retain"),
            Arrow("lose", "plane", "forget"),
            Arrow("start", "plane"),
            Arrow("plane", "out"),
        ),
        wide=Grid(
            ("keep plane out", "lose plane out", "start plane out"),
            (182, 318, 142),
            (36, 14),
        ),
        narrow=Grid(
            ("start start", "keep lose", "plane plane", "out out"),
            (1, 1),
            (24, 22),
        ),
    ),
    "mask-driven-selective": Diagram(
        title="Mask-driven selective",
        caption=(
            "The forget set first shows where the target acts most, which gives a mask S. An "
            "ordinary gradient step is then multiplied by the mask, so that only the marked "
            "weights move."
        ),
        words=(
            "The forget set leads to a mask S: a grid of weights in which four cells are marked, "
            "those in which the target acts most. The forget set and the retained data lead to the "
            "gradient of L forget plus lambda times L retain, which has a value for every weight. "
            "Mask and gradient are multiplied entry by entry, and the step of the model is minus "
            "eta times the product. In the model only the four marked weights are changed; all "
            "others are frozen. " + _RESULT
        ),
        boxes={
            "lose": Box("forget", "Forget set"),
            "keep": Box("retain", "Retained data"),
            "mask": Box(
                "plain",
                "Mask S",
                art=cells("ppppp", "pttpp", "ppttp", "ppppp"),
                text="where the target acts most",
            ),
            "grad": Box(
                "plain",
                "Gradient",
                art=cells("ddddd", "ddddd", "ddddd", "ddddd"),
                math=("∇(L_{forget}", "+ λ L_{retain})"),
            ),
            "model": Box(
                "changed",
                "Model θ",
                art=cells("fffff", "fccff", "ffccf", "fffff"),
                math="Δθ = −η S ⊙ ∇(…)",
                text="the rest is frozen",
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("lose", "mask", "forget"),
            Arrow("lose", "grad", "forget"),
            Arrow("keep", "grad", "retain"),
            Arrow("mask", "model"),
            Arrow("grad", "model"),
            Arrow("model", "out"),
        ),
        wide=Grid(
            ("lose mask model out", "keep grad model out"),
            (116, 144, 162, 142),
            (40, 18),
        ),
        narrow=Grid(
            ("lose keep", "mask grad", "model model", "out out"),
            (1, 1),
            (28, 24),
        ),
    ),
    "distillation-based": Diagram(
        title="Distillation-based",
        caption=(
            "A frozen teacher provides the answers that the student has to match. For the erased "
            "condition a harmless answer has taken the place of the teacher’s own; all other "
            "answers are copied as they are."
        ),
        words=(
            "Two conditions are on the left. For the erased condition c f the frozen teacher’s "
            "answer, a picture in the style, has been exchanged for a plain one, epsilon tilde of "
            "x t and t. For the kept condition c r the teacher’s own answer is used, epsilon of x "
            "t and t, a boat. Both answers lead to the student, whose weights theta are all "
            "changed: it is asked the same and trained so that its prediction epsilon theta of x "
            "t, c and t matches. " + _RESULT
        ),
        boxes={
            "cf": Box("forget", "Erased condition", math="c_f"),
            "cr": Box("retain", "Kept condition", math="c_r"),
            "swap": Box(
                "frozen",
                "Teacher, answer exchanged",
                art=exchange("style", "plain"),
                math="ϵ̃(x_t, t)",
            ),
            "own": Box(
                "frozen",
                "Teacher, own answer",
                art=picture("boat"),
                math="ϵ(x_t, t)",
            ),
            "student": Box(
                "changed",
                "Student θ",
                art=cells("cccc", "cccc", "cccc", "cccc"),
                math="ϵ_θ(x_t, c, t)",
                text="asked the same, trained to match",
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("cf", "swap", "forget"),
            Arrow("cr", "own", "retain"),
            Arrow("swap", "student", "changed"),
            Arrow("own", "student", "changed"),
            Arrow("student", "out"),
        ),
        wide=Grid(
            ("cf swap student out", "cr own student out"),
            (112, 164, 132, 142),
            (38, 18),
        ),
        narrow=Grid(
            ("cf cr", "swap own", "student student", "out out"),
            (1, 1),
            (14, 26),
        ),
    ),
    "architecture-editing": Diagram(
        title="Architecture editing",
        caption=(
            "Units on the route to the target are cut, units that other abilities need are frozen, "
            "and new ones may be grown. No route that leads to the target is left."
        ),
        words=(
            "A network of units in four columns is drawn before and after the edit. Before, a "
            "dashed route leads from a request for the target through two units to the target’s "
            "output, and a solid route leads from another request through two other units to the "
            "output to be kept. Afterwards the two units on the dashed route are cut, so that "
            "nothing leads to the target’s output; the two units on the solid route are frozen; "
            "and one unit has been grown anew, connected to the solid route. "
            + _RESULT
        ),
        boxes={
            "lose": Box("forget", "Request for the target"),
            "keep": Box("retain", "Other request"),
            "old": Box("plain", "Network before", art=planes.ROUTES),
            "new": Box(
                "changed",
                "Network after",
                art=planes.ROUTES_EDITED,
                text="✕ cut, + regrown, hatched: frozen",
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("lose", "old", "forget"),
            Arrow("keep", "old", "retain"),
            Arrow("old", "new", "changed"),
            Arrow("new", "out"),
        ),
        wide=Grid(
            ("lose old new out", "keep old new out"),
            (112, 172, 172, 142),
            (36, 18),
        ),
        narrow=Grid(
            ("lose keep", "old old", "new new", "out out"), (1, 1), (16, 22)
        ),
    ),
    "layer-scoped-constrained-updates": Diagram(
        title="Layer-scoped constrained updates",
        caption=(
            "The layer in which the target is concentrated is found, and nothing else is edited. "
            "Other methods of this pathway limit the outputs: on other requests they have to stay "
            "near those of the base model."
        ),
        words=(
            "Forget data lead to five bars, one for each layer, that say how much of the target "
            "each layer carries; the third is by far the highest. In the model the third column of "
            "weights is changed and the other four are frozen. A dotted arrow shows the "
            "alternative: other requests lead to a limit on outputs, drawn as a band around the "
            "output of the base model, within which the output of the edited model has to stay. "
            + _RESULT
        ),
        boxes={
            "lose": Box("forget", "Forget data"),
            "keep": Box("retain", "Other requests"),
            "find": Box(
                "plain",
                "Where is the target?",
                art=planes.LAYER_BARS,
                text="how much each layer carries",
            ),
            "bound": Box(
                "plain",
                "Or: limit on outputs",
                art=planes.BAND,
                text="edited ones stay near the base model’s",
            ),
            "model": Box(
                "changed",
                "Model θ",
                art=cells("ffcff", "ffcff", "ffcff", "ffcff"),
                text="one layer is edited",
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("lose", "find", "forget"),
            Arrow("keep", "bound", "retain"),
            Arrow("find", "model", "changed"),
            Arrow("bound", "model", "soft"),
            Arrow("model", "out"),
        ),
        wide=Grid(
            ("lose find model out", "keep bound model out"),
            (116, 170, 140, 142),
            (36, 18),
        ),
        narrow=Grid(
            ("lose keep", "find bound", "model model", "out out"),
            (1, 1),
            (16, 22),
        ),
    ),
    "weight-space-linear": Diagram(
        title="Weight-space linear",
        caption=(
            "A copy that was tuned on the target shows the direction τ in which the target lies; "
            "subtracting τ moves the checkpoint the other way. Other methods of this pathway "
            "negate differences that agree in sign, or average models trained without the data."
        ),
        words=(
            "A frozen checkpoint theta and a copy tuned on the target, theta f t, are points in "
            "the space of weights. A dashed arrow tau leads from theta to theta f t, towards the "
            "target. A thick arrow leads the opposite way, by minus lambda times tau, to the "
            "edited weights theta prime. In formulas: tau is theta f t minus theta, and "
            "theta prime is theta minus lambda tau. The letters are those of task arithmetic; the "
            "survey describes the edit in words. " + _RESULT
        ),
        boxes={
            "base": Box("frozen", "Checkpoint", math="θ"),
            "tuned": Box("forget", "Copy tuned on the target", math="θ_{ft}"),
            "plane": Box(
                "changed",
                "Space of weights",
                art=planes.TASK_VECTOR,
                math=("τ = θ_{ft} − θ", "θ′ = θ − λ τ"),
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("base", "plane"),
            Arrow("tuned", "plane", "forget"),
            Arrow("plane", "out"),
        ),
        wide=Grid(
            ("base plane out", "tuned plane out"), (150, 322, 142), (44, 18)
        ),
        narrow=Grid(("base tuned", "plane plane", "out out"), (1, 1), (16, 22)),
    ),
    "representation-projection": Diagram(
        title="Representation projection",
        caption=(
            "The directions U of the target are estimated once. The part of a representation h "
            "that lies along them is removed in closed form, and the part at right angles to them "
            "stays as it was."
        ),
        words=(
            "Examples of the target give an estimate of the directions U. In a plane the upright "
            "axis is the span of U and the level axis is everything else. A representation h "
            "points between the two. Its upright part, U U transposed h, is removed, which leaves "
            "h prime on the level axis: h prime is I minus U U transposed, times h. The same "
            "projection is written into a matrix of the model, W prime is W times I minus U U "
            "transposed, which changes every column a little. Where it is applied to "
            "representations instead, no weight changes. " + _RESULT
        ),
        boxes={
            "lose": Box("forget", "Target examples"),
            "est": Box("plain", "Directions U", "estimated from the examples"),
            "plane": Box(
                "changed",
                "Projection",
                art=planes.PROJECTION,
                math="h′ = (I − U U^⊤) h",
            ),
            "model": Box(
                "changed",
                "Model",
                art=cells("cccc", "cccc", "cccc", "cccc"),
                math="W′ = W(I − U U^⊤)",
                text="written into a matrix",
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("lose", "est", "forget"),
            Arrow("est", "plane"),
            Arrow("plane", "model", "changed"),
            Arrow("model", "out"),
        ),
        wide=Grid(
            ("lose plane model out", "est plane model out"),
            (116, 228, 166, 142),
            (26, 26),
        ),
        narrow=Grid(
            ("lose est", "plane plane", "model model", "out out"),
            (1, 1),
            (30, 22),
        ),
    ),
    "guidance-path-control": Diagram(
        title="Guidance-path control",
        caption=(
            "At every denoising step the frozen model proposes a direction, and the sampler "
            "corrects it: towards a second prediction if there is one, and away from the target "
            "where a mask allows."
        ),
        words=(
            "A prompt c and a latent x t go to the frozen model, which predicts epsilon theta, and "
            "to an optional frozen second predictor, which gives epsilon alt. A mask M t and a "
            "direction d t say where and along what to suppress. The sampler adds them up at each "
            "step: epsilon hat t is epsilon theta plus a t times the difference of epsilon alt and "
            "epsilon theta, minus b t times M t times d t. In the plane the first arrow points "
            "from x t towards the target, two corrections bend it, and their sum passes the target "
            "by. " + _RESULT
        ),
        boxes={
            "ask": Box(
                "prompt",
                "Prompt and latent",
                art=picture("noise"),
                math="c, x_t",
            ),
            "model": Box(
                "frozen",
                "Model",
                math="ϵ_θ(x_t, c)",
                art=cells("ffffff", "ffffff"),
            ),
            "alt": Box(
                "frozen",
                "Second predictor",
                math="ϵ_{alt}(x_t, c)",
                text="optional",
            ),
            "dir": Box(
                "forget",
                "Where and along what to suppress",
                math="mask M_t, direction d_t",
            ),
            "plane": Box(
                "changed",
                "Each step of the sampler",
                art=planes.GUIDANCE,
                math=("ϵ̂_t = ϵ_θ + a_t[ϵ_{alt} − ϵ_θ]", "− b_t M_t d_t"),
            ),
            "out": _OUT,
        },
        arrows=(
            Arrow("ask", "model"),
            Arrow("ask", "alt"),
            Arrow("model", "plane"),
            Arrow("alt", "plane", "soft"),
            Arrow("dir", "plane", "forget", lane=0.97),
            Arrow("plane", "out"),
        ),
        wide=Grid(
            ("ask model plane out", "ask alt plane out", "dir dir plane out"),
            (112, 146, 254, 142),
            (26, 18),
        ),
        narrow=Grid(
            (
                "dir dir dir",
                "ask ask .",
                "model alt .",
                "plane plane plane",
                "out out out",
            ),
            (140, 130, 6),
            (12, 20),
        ),
    ),
    "conditioning-path-control": Diagram(
        title="Conditioning-path control",
        caption=(
            "The request is changed before the model sees it: the new condition c′ mixes the "
            "original c with a replacement T, and α sets the proportion. All weights stay frozen."
        ),
        words=(
            "A request for the target, the condition c, goes two ways. One leads to a replacement "
            "T, which also uses a store R and a policy that say what may be shown. Both ways meet "
            "in the new condition c prime, which is 1 minus alpha times c plus alpha times T; "
            "alpha is drawn as a slider between c at 0 and T at 1. The new condition goes to the "
            "model, all of whose weights are frozen. " + _RESULT
        ),
        boxes={
            "ask": Box("forget", "Request", "condition c"),
            "store": Box("plain", "Store R, policy", "what may be shown"),
            "t": Box("changed", "Replacement", math="T(c, R, policy)"),
            "mix": Box(
                "changed",
                "New condition",
                art=planes.MIXTURE,
                math="c′ = (1 − α) c + α T",
            ),
            "model": Box("frozen", "Model", art=cells("ffff", "ffff", "ffff")),
            "out": _OUT,
        },
        arrows=(
            Arrow("ask", "mix", "forget"),
            Arrow("ask", "t", "forget"),
            Arrow("store", "t"),
            Arrow("t", "mix", "changed"),
            Arrow("mix", "model", "changed", math="c′"),
            Arrow("model", "out"),
        ),
        wide=Grid(
            ("ask mix model out", "store t model out"),
            (140, 196, 112, 142),
            (40, 26),
        ),
        narrow=Grid(
            ("ask store", ". t", "mix mix", "model model", "out out"),
            (116, 164),
            (32, 24),
        ),
    ),
}
"""The diagram of each pathway."""

_ASKED = Requests(
    (("forget", "“a hill in that style”"), ("retain", "“a boat”"))
)
HERO = Diagram(
    title="What unlearning does",
    caption=(
        "Before unlearning, the model can answer both requests. Afterwards the style to be "
        "forgotten should no longer appear, and the boat should come out as before."
    ),
    words=(
        "Above, two requests, for a hill in a certain style and for a boat, go to the trained "
        "model, and a picture in that style and a boat come out. In the middle, an unlearning "
        "procedure takes this model together with the forget set and the retained data, "
        "and gives a new model. Below, the same two requests go to the unlearned model, and a "
        "plain hill and the same boat should come out."
    ),
    boxes={
        "ask0": Box("prompt", "Two requests", art=_ASKED),
        "mo": Box("plain", "Trained model", art=cells("pppppp", "pppppp")),
        "out0": Box(
            "bare", "What comes out before", art=Large(("style", "boat"))
        ),
        "lose": Box("forget", "Forget set", "examples of the style"),
        "u": Box(
            "changed", "Unlearning", "takes away one thing and keeps the rest"
        ),
        "keep": Box("retain", "Retained data", "examples of the rest"),
        "ask1": Box("prompt", "The same requests", art=_ASKED),
        "mu": Box("changed", "Unlearned model", art=cells("dddddd", "dddddd")),
        "out1": Box(
            "bare", "What comes out after", art=Large(("plain", "boat"))
        ),
    },
    arrows=(
        Arrow("ask0", "mo"),
        Arrow("mo", "out0"),
        Arrow("mo", "u", "changed"),
        Arrow("lose", "u", "forget"),
        Arrow("keep", "u", "retain"),
        Arrow("u", "mu", "changed"),
        Arrow("ask1", "mu"),
        Arrow("mu", "out1"),
    ),
    wide=Grid(
        ("ask0 mo out0", "lose u keep", "ask1 mu out1"), (1, 1, 1.02), (38, 26)
    ),
    narrow=Grid(
        ("ask0 ask0", "mo out0", "u lose", "u keep", "mu out1"),
        (150, 138),
        (26, 22),
    ),
)
"""The picture of the front page."""

DIAGRAMS = {"hero": HERO, **PATHWAYS}
