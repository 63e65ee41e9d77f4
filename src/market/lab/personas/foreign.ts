import type { Voice } from './voice.ts'

const english: Voice = {
  names: ['Emma Brooks', 'James Porter', 'Olivia H.', 'Samuel Reed'],
  opening: {
    'where-is-my-order': [
      'Hello! Where is my order {order}, please? The app has shown the same status for three days.',
    ],
    'wrong-size': ['Hi! The size in order {order} is wrong: I ordered L and received S. Can I exchange it?'],
    'defect-with-photo': ['Hello, the item in order {order} arrived damaged. I am sending a picture.'],
    return: ['Hello! How can I send order {order} back? It does not suit me, the tags are still on.'],
    invoice: ['Good afternoon! I need an invoice for order {order} for my company.'],
    'in-stock': ['Hi! Is this model still in stock in blue?'],
  },
  detail: {
    'where-is-my-order': ['I am leaving the city on Saturday.'],
    'wrong-size': ['I have not worn it.'],
    'defect-with-photo': ['A replacement would be great.'],
    return: ['The box is in good condition.'],
    invoice: ['A scan would be enough.'],
    'in-stock': ['I would take two.'],
  },
  nags: ['Hello? Is anybody there?', 'Sorry to bother you again, is there any news?'],
  grumbles: ['Sorry, my Russian is not very good. Could you say that more simply, please?'],
  thanks: ['Thank you very much!', 'Got it, thanks for your help!'],
  answers: {
    orderNumber: ['The order number is {order}.'],
    noOrderYet: ['I have not ordered yet.'],
    size: ['I usually wear L.'],
    refund: ['All right, I will send it back then.'],
    question: ['Yes, that is right.', 'Yes, I think so.', 'Sorry, I do not quite understand, but yes.'],
  },
}

const uzbek: Voice = {
  names: ['Aziza Karimova', 'Jasur Tursunov', 'Malika R.', 'Sherzod Aliyev'],
  opening: {
    'where-is-my-order': ['Assalomu alaykum! {order} raqamli buyurtmam qayerda? Uch kundan beri holati o‘zgarmayapti.'],
    'wrong-size': ['Assalomu alaykum! {order} buyurtmada o‘lcham noto‘g‘ri keldi. Almashtirsa bo‘ladimi?'],
    'defect-with-photo': [
      'Assalomu alaykum! {order} buyurtmadagi mahsulot shikastlangan holda keldi, rasmini yuboraman.',
    ],
    return: ['Salom! {order} buyurtmani qanday qaytarsam bo‘ladi? Menga to‘g‘ri kelmadi.'],
    invoice: ['Salom! {order} buyurtma uchun chek kerak edi.'],
    'in-stock': ['Salom! Shu model ko‘k rangda bormi?'],
  },
  detail: {
    'where-is-my-order': ['Bu sovg‘a edi, shuning uchun xavotirdaman.'],
    'wrong-size': ['Hali kiymaganman.'],
    'defect-with-photo': ['Yangisiga almashtirib bering, iltimos.'],
    return: ['Qutisi ham joyida.'],
    invoice: ['Nusxasi ham yetarli.'],
    'in-stock': ['Ikkita kerak edi.'],
  },
  nags: ['Javobingizni kutyapman.', 'Yana bir bor so‘rayman, yangilik bormi?'],
  grumbles: ['Kechirasiz, ruschani yaxshi bilmayman. Soddaroq yozib bera olasizmi?'],
  thanks: ['Katta rahmat!', 'Tushundim, rahmat sizga!'],
  answers: {
    orderNumber: ['Buyurtma raqami: {order}.'],
    noOrderYet: ['Hali buyurtma bermaganman.'],
    size: ['Odatda 48-o‘lcham kiyaman.'],
    refund: ['Yaxshi, unda qaytaraman.'],
    question: ['Ha, to‘g‘ri.', 'Ha, shunday.', 'To‘liq tushunmadim, lekin ha.'],
  },
}

const chinese: Voice = {
  names: ['Chen Wei', 'Li Na', 'Wang Fang', 'Zhang Min'],
  opening: {
    'where-is-my-order': ['您好！请问我的订单 {order} 到哪里了？状态已经三天没有更新了。'],
    'wrong-size': ['您好！订单 {order} 的尺码发错了，可以换货吗？'],
    'defect-with-photo': ['您好！订单 {order} 的商品有损坏，我发照片给您看。'],
    return: ['您好！订单 {order} 不合适，怎么办理退货？'],
    invoice: ['您好！我需要订单 {order} 的发票。'],
    'in-stock': ['您好！请问蓝色的还有货吗？'],
  },
  detail: {
    'where-is-my-order': ['这是送人的礼物，有点着急。'],
    'wrong-size': ['吊牌还在，没有穿过。'],
    'defect-with-photo': ['希望能换一个新的。'],
    return: ['包装完好。'],
    invoice: ['电子版也可以。'],
    'in-stock': ['我想买两件。'],
  },
  nags: ['请问有消息了吗？', '还在等您的回复。'],
  grumbles: ['对不起，我的俄语不太好，可以说得简单一点吗？'],
  thanks: ['非常感谢！', '明白了，谢谢您！'],
  answers: {
    orderNumber: ['订单号是 {order}。'],
    noOrderYet: ['我还没有下单。'],
    size: ['我平时穿 L 码。'],
    refund: ['好的，那我退货。'],
    question: ['是的，没错。', '对，是这样。', '我不太明白，不过应该是的。'],
  },
}

/** Who does not speak Russian writes in one of these. */
export const languages: readonly Voice[] = [english, uzbek, chinese]
